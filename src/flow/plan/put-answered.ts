import { ofRequest } from '../about.ts';
import type { OpenAct } from '../act.ts';
import { refData } from '../act.ts';
import type { Answered } from './nothing.ts';
import type { Decided, PieceBody } from './piece.ts';
import { routeData } from './route-data.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { RequestRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

type AnsweredPiece = Answered & {
  readonly piece: PieceBody;
  readonly client: ClientRow;
  readonly request: RequestRow;
  readonly ordinal: number;
  readonly decided: Decided;
};

/** A piece that makes no task is a decision like any other, and can be asked about and taken again. */
export async function putAnswered(
  world: World,
  act: OpenAct,
  { request, client, ordinal, piece, decided, rule }: AnsweredPiece,
): Promise<void> {
  const about = ofRequest(request, client.id);
  const body = await world.bodies.put('piece', about, JSON.stringify(piece));
  act.change({ insert: 'body', row: body.row });
  act.note(
    {
      type: 'piece.answered',
      actor: { kind: 'rule', id: rule },
      rule,
      client: client.id,
      request: request.id,
      data: {
        ordinal,
        piece: refData(body.ref),
        ...(await routeData(world, act, { decided, about })),
      },
    },
    request.lastEntry,
  );
}
