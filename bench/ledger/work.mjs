import { createHash, randomBytes } from 'node:crypto';
import { project } from '../../dist/ledger/projection.js';
import { seal } from '../../dist/ledger/seal.js';
import { CLOCK } from '../../dist/main/clock.js';

/** Everything here is made up but its shape: what an entry says and a row holds is what the program writes. */

const hex = (bytes) => randomBytes(bytes).toString('hex');
export const sha256 = (text) => createHash('sha256').update(text).digest('hex');
export const newId = () => CLOCK.newId();

/** The rules these entries name, with texts that hash to what the references say. */
export const RULES = [
  'GATE-PASS',
  'SPLIT-ONE',
  'START-CLICK',
  'DISCLOSE',
  'DELIVER',
  'LANE-030',
].map((id) => {
  const text = `- id: ${id}\n  title: A rule of the bench\n  because: Something has to stand here.\n`;
  return { id, text, sha256: sha256(text), ref: `life.yaml#${id}@${sha256(text).slice(0, 16)}` };
});
const ref = (id) => RULES.find((rule) => rule.id === id).ref;
export const POLICY = sha256('the rules of the bench');
export const PERSONA = { text: 'An editor.\n', sha256: sha256('An editor.\n') };
export const PRICE = {
  text: '{"id":"model-a@2026-11-01"}',
  sha256: sha256('{"id":"model-a@2026-11-01"}'),
};

/** Seals an entry; gives its row as the store would insert it. */
export function entry(draft, { at, cause = null }) {
  const id = newId();
  const sealed = seal(
    { data: {}, ...draft },
    {
      id,
      nonce: hex(16),
      at,
      cause,
      build: '0.1.0+0123456789ab',
      policy: POLICY,
      origin: 'practice',
    },
  );
  return { id, at, columns: project(sealed.draft), bytes: sealed.bytes };
}

const body = () => ({
  id: newId(),
  hmac_sha256: hex(32),
  bytes: 1_000 + Math.floor(Math.random() * 9_000),
});
const person = (id) => ({ kind: 'person', id });
const rule = (id) => ({ actor: { kind: 'rule', id: ref(id) }, rule: ref(id) });

const FACTS = {
  kind: 'draft.blog',
  sensitivity: 'ordinary',
  consequence: 'medium',
  words: 412,
  files: 1,
  fileTypes: ['md'],
  confidence: 92,
  lane: null,
  persona: null,
  rounds: 0,
  cloud: 'allowed',
};

function route() {
  const origins = Object.fromEntries(Object.keys(FACTS).map((fact) => [fact, 'cue']));
  return {
    outcome: 'lane',
    kind: 'draft.blog',
    gate: 'editorial',
    judgement: 'craft',
    declined: null,
    facts: FACTS,
    origins,
    persona_sha256: PERSONA.sha256,
    rule_set: POLICY.slice(0, 16),
    limits: [],
    price_nano: 41_000_000,
    lanes: [{ lane: 'local', price_nano: 0, why: 'another_rule', rule: null }],
    trace_sha256: hex(32),
  };
}

/**
 * One piece of work from the request to the delivery, for that client and its approver: entries in order, and the rows
 * that go with them. `number` is the number of its request.
 */
export function pieceOfWork({ client, approver, number, from }) {
  const [request, task, attempt, draft] = [newId(), newId(), newId(), newId()];
  const files = hex(32);
  const entries = [];
  let at = from;
  const note = (draftOf, cause) => {
    at += 1_000 + Math.floor(Math.random() * 2_000);
    const made = entry(draftOf, { at, cause });
    entries.push(made);
    return made;
  };
  const about = { client, request, task };
  const content = body();
  const received = note(
    {
      type: 'request.received',
      actor: person(approver),
      request,
      data: { door: 'mention', files: 1, content },
    },
    null,
  );
  const placed = note(
    {
      type: 'request.placed',
      actor: { kind: 'system', id: 'channel' },
      client,
      request,
      data: {
        received: received.id,
        number,
        requester: approver,
        door: 'mention',
        files: 1,
        content,
        received_at: received.at,
      },
    },
    received.id,
  );
  const split = note(
    {
      type: 'request.split',
      ...rule('SPLIT-ONE'),
      client,
      request,
      data: { pieces: 1, context: 0, unsure: false },
    },
    placed.id,
  );
  const lane = { lane: 'senior', persona: 'editor' };
  const routed = note(
    {
      type: 'task.routed',
      ...rule('LANE-030'),
      ...about,
      ...lane,
      to: 'proposed',
      minutes: 45,
      data: { ordinal: 1, piece: body(), ...route() },
    },
    split.id,
  );
  let last = routed;
  const step = (from_, to, what) => (last = note({ ...about, from: from_, to, ...what }, last.id));
  step('proposed', 'queued', {
    type: 'task.started',
    actor: person(approver),
    rule: ref('START-CLICK'),
    ...lane,
  });
  step('queued', 'working', { type: 'task.claimed', ...rule('LANE-030'), lane: 'senior' });
  const works = {
    ...about,
    ...lane,
    actor: { kind: 'persona', id: 'editor', version: PERSONA.sha256 },
    rule: ref('LANE-030'),
    attempt,
  };
  const began = note(
    {
      type: 'attempt.started',
      ...works,
      data: {
        purpose: 'work',
        number: 1,
        round: 0,
        prompt: body(),
        context: [newId()],
        model_requested: 'model-a',
        params_sha256: hex(32),
      },
    },
    last.id,
  );
  const costNano = 10_000_000 + Math.floor(Math.random() * 90_000_000);
  const ended = note(
    {
      type: 'attempt.ended',
      ...works,
      model: 'model-a',
      costNano,
      data: {
        outcome: 'ok',
        purpose: 'work',
        provider: 'anthropic',
        model_requested: 'model-a',
        provider_request_id: `req_${hex(12)}`,
        stop: 'end',
        tokens: { input: 2_113, cache_read: 0, cache_write: 0, output: 1_204 },
        compute_ms: 0,
        latency_ms: 9_120,
        rehearsal: false,
        basis: 'computed',
        price: 'model-a@2026-11-01',
        price_sha256: PRICE.sha256,
        answer: body(),
      },
    },
    began.id,
  );
  step('working', 'reviewing', {
    ...works,
    type: 'draft.made',
    draft: files,
    minutes: 40,
    data: { version: 1, files: 1, confidence: 85 },
  });
  const made = last;
  const gate = step('reviewing', 'waiting', {
    type: 'gate.reviewed',
    actor: { kind: 'gate', id: 'editorial' },
    rule: ref('GATE-PASS'),
    draft: files,
    data: {
      gate: 'editorial',
      outcome: 'pass',
      errors: 0,
      warnings: 1,
      round: 0,
      rules: ['house/no-utilise'],
      engines: [{ name: 'harper', version: '2.10.0', status: 'ok' }],
      report: body(),
    },
  });
  const evidence = { version: 1, shown_at: at, read_at: at + 900, roles: ['approver'] };
  const approval = step('waiting', 'approved', {
    type: 'draft.approved',
    actor: person(approver),
    draft: files,
    data: { ...evidence, surface: 'button', edited: null, checklist: null, responsible: approver },
  });
  const disclosure = note(
    {
      type: 'disclosure.issued',
      ...about,
      ...rule('DISCLOSE'),
      draft: files,
      data: {
        digital_source_type: 'trainedAlgorithmicMedia',
        models: ['model-a'],
        stays_on_machine: false,
        human_edited: false,
        gate: 'editorial',
        statement_sha256: hex(32),
      },
    },
    last.id,
  );
  const delivered = step('approved', 'delivered', {
    type: 'draft.delivered',
    ...rule('DELIVER'),
    draft: files,
    minutes: 45,
    data: {
      approval: approval.id,
      gate: gate.id,
      disclosure: disclosure.id,
      files: 1,
      bytes: 4_211,
      media: ['md'],
      destination: 'channel',
    },
  });
  const rows = rowsOf({
    client,
    approver,
    number,
    request,
    task,
    attempt,
    draft,
    files,
    costNano,
    content,
    received,
    placed,
    split,
    began,
    ended,
    made,
    gate,
    approval,
    disclosure,
    delivered,
  });
  return { entries, rows };
}

function rowsOf(w) {
  return {
    request: {
      id: w.request,
      number: w.number,
      client_id: w.client,
      person_id: w.approver,
      team: 'T',
      channel: 'C',
      thread: String(w.number),
      ts: String(w.number),
      door: 'mention',
      body_id: w.content.id,
      step: 'planned',
      received_at: w.received.at,
      last_entry: w.split.id,
    },
    task: {
      id: w.task,
      request_id: w.request,
      ordinal: 1,
      client_id: w.client,
      state: 'delivered',
      version: 7,
      kind: 'draft.blog',
      persona: 'editor',
      lane: 'senior',
      gate: 'editorial',
      rule: ref('LANE-030'),
      facts: '{}',
      trace: '{}',
      body_id: newId(),
      round: 0,
      declines: 0,
      attempts: 1,
      draft_id: w.draft,
      minutes: 45,
      cost_nano: w.costNano,
      changed_at: w.delivered.at,
      last_entry: w.delivered.id,
    },
    attempt: {
      id: w.attempt,
      task_id: w.task,
      purpose: 'work',
      lane: 'senior',
      persona: 'editor',
      persona_hash: PERSONA.sha256,
      started_at: w.began.at,
      ended_at: w.ended.at,
      outcome: 'ok',
      model: 'model-a',
      cost_nano: w.costNano,
      cost_basis: 'computed',
      rehearsal: false,
      started_entry: w.began.id,
      ended_entry: w.ended.id,
    },
    draft: {
      id: w.draft,
      task_id: w.task,
      version: 1,
      sha256: w.files,
      attempt_id: w.attempt,
      files: '[]',
      made_at: w.made.at,
      last_entry: w.made.id,
    },
    review: {
      id: newId(),
      draft_id: w.draft,
      gate: 'editorial',
      outcome: 'pass',
      round: 0,
      report_body: newId(),
      fingerprints: '[]',
      at: w.gate.at,
      last_entry: w.gate.id,
    },
    decision: {
      id: w.approval.id,
      task_id: w.task,
      draft_sha256: w.files,
      verb: 'approve',
      person_id: w.approver,
      at: w.approval.at,
      last_entry: w.approval.id,
    },
    delivery: {
      task_id: w.task,
      decision_id: w.approval.id,
      draft_sha256: w.files,
      verb: 'approve',
      person_id: w.approver,
      disclosure_entry: w.disclosure.id,
      channel: 'C',
      ts: String(w.number),
      at: w.delivered.at,
      last_entry: w.delivered.id,
    },
  };
}
