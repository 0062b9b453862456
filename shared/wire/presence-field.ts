import { type Field, flag, optional, partsOf, readParts, record, writeParts } from './field.ts';
import { box, client, color, count, name, point, role } from './fields.ts';
import type { Point, PresenceChange } from './message.ts';
import { WireError } from './wire-error.ts';

/** Nil is taken: it says that the cursor did not change. */
const cursor: Field<Point | null> = {
  form: `${point.form} or false`,
  write: (out, value) => (value === null ? out.flag(false) : point.write(out, value)),
  read: (from, label) => (from.skipFalse() ? null : point.read(from, label)),
  toJson: (value) => (value === null ? null : point.toJson(value)),
  fromJson: (json, label) => (json === null ? null : point.fromJson(json, label)),
};

const fields = {
  connection: count,
  cursor: optional(cursor),
  past: optional(flag),
  laser: optional(flag),
  client: optional(client),
  name: optional(name),
  color: optional(color),
  role: optional(role),
  sight: optional(box),
};
const whole = record<PresenceChange>('presence', fields);
const parts = partsOf<PresenceChange>('presence', fields);

/** A change: absent fields at the end of the tuple are left out, so that a cursor that moved takes two elements. */
export const presenceChange: Field<PresenceChange> = {
  ...whole,
  form: `${whole.form}, without what is absent at its end`,
  write(out, change) {
    const used = parts.findLastIndex(({ key }) => change[key as keyof PresenceChange] !== undefined) + 1;
    out.array(used);
    writeParts(out, parts.slice(0, used), change);
  },
  read(from, label) {
    const used = from.array(label, parts.length);
    if (used < 1) throw new WireError(`${label} must have a connection.`);
    return readParts(from, parts.slice(0, used), {}) as PresenceChange;
  },
};
