/**
 * The version of everything in this folder, and the number in the names of the subprotocols.
 * A change of the schema that an older reader would misread is a new version; version.test.ts sees to it.
 *
 * 1: strokes, shapes and what is set of them, erasing, cutting, undo and redo, titles and authors; snapshots; presence
 */
export const PROTOCOL_VERSION = 1;
