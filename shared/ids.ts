// Branded ids: plain strings at run time that the compiler keeps apart.

declare const brand: unique symbol;
type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** One whiteboard: 16 random characters of [A-Za-z0-9]. */
export type BoardId = Brand<string, 'BoardId'>;
/** Who a person is: 12 characters, derived by the server from a secret that only their browser holds. */
export type ParticipantId = Brand<string, 'ParticipantId'>;
/** One replica: `participant.slot`, the slot being a number that the browser gives each of its tabs. */
export type ClientId = Brand<string, 'ClientId'>;
/** A shape: `client/number`. Only its client can make it, so two replicas can never make the same one. */
export type ShapeId = Brand<string, 'ShapeId'>;
/** An image: the SHA-256 of its file's bytes, in base64url. The same bytes have the same id everywhere. */
export type ImageId = Brand<string, 'ImageId'>;
/** A random name of a store. Another one means that what was confirmed before may be unknown to it. */
export type Epoch = Brand<string, 'Epoch'>;

/** An event's place in its board's stream: 1, 2, 3 …; 0 is before any. */
export type Revision = number;
/** Milliseconds since 1970 on the server's clock. */
export type Millis = number;
/** An author's place in `Board.authors`, counted from 1; 0 is the server itself. */
export type AuthorNumber = number;

const boardPattern = /^[A-Za-z0-9]{16}$/;
const participantPattern = /^[A-Za-z0-9_-]{12}$/;
const clientPattern = /^[A-Za-z0-9_-]{12}\.[1-9]\d{0,5}$/;
const shapePattern = /^[A-Za-z0-9_-]{12}\.[1-9]\d{0,5}\/[1-9]\d{0,14}$/;
const imagePattern = /^[A-Za-z0-9_-]{43}$/;
const epochPattern = /^[A-Za-z0-9_-]{8,32}$/;

export const isBoardId = (text: string): text is BoardId => boardPattern.test(text);
export const isParticipantId = (text: string): text is ParticipantId => participantPattern.test(text);
export const isClientId = (text: string): text is ClientId => clientPattern.test(text);
export const isShapeId = (text: string): text is ShapeId => shapePattern.test(text);
export const isImageId = (text: string): text is ImageId => imagePattern.test(text);
export const isEpoch = (text: string): text is Epoch => epochPattern.test(text);

export const clientId = (participant: ParticipantId, slot: number): ClientId => `${participant}.${slot}` as ClientId;
export const shapeId = (client: ClientId, number: number): ShapeId => `${client}/${number}` as ShapeId;
export const participantOf = (client: ClientId): ParticipantId => client.slice(0, 12) as ParticipantId;
