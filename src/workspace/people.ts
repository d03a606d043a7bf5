import type { Person } from './human/protocol.ts';
import type { StoredPerson } from './records.ts';
import { BOT_ID, TEAM } from './seed.ts';

/** A person as `users.info` tells it. A stranger belongs to another team. https://docs.slack.dev/reference/objects/user-object */
export function slackUser(person: StoredPerson): Record<string, unknown> {
  const guest = person.role === 'guest';
  return {
    id: person.id,
    team_id: person.role === 'stranger' ? 'T0STRANGER' : TEAM.id,
    name: person.name,
    real_name: person.realName,
    deleted: false,
    tz: 'Etc/UTC',
    tz_label: 'Coordinated Universal Time',
    tz_offset: 0,
    is_bot: person.role === 'bot',
    is_app_user: false,
    is_admin: person.role === 'owner',
    is_owner: person.role === 'owner',
    is_primary_owner: person.role === 'owner',
    is_restricted: guest,
    is_ultra_restricted: guest && person.singleChannel === true,
    ...(person.role === 'stranger' ? { is_stranger: true } : {}),
    updated: 0,
    profile: profile(person),
  };
}

function profile(person: StoredPerson): Record<string, unknown> {
  return {
    real_name: person.realName,
    real_name_normalized: person.realName,
    display_name: person.name,
    display_name_normalized: person.name,
    title: person.title,
    ...(person.role === 'bot' ? { bot_id: BOT_ID } : {}),
  };
}

/** A person as the page shows it. */
export function pagePerson(person: StoredPerson): Person {
  return {
    id: person.id,
    name: person.name,
    real_name: person.realName,
    role: person.role,
    title: person.title,
  };
}

/** A person inside the payload of an interaction. */
export function actor(person: StoredPerson): Record<string, unknown> {
  return {
    id: person.id,
    username: person.name,
    name: person.name,
    team_id: slackUser(person)['team_id'],
  };
}
