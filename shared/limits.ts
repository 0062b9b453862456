// Every limit of the product, with its unit. Past the wire decoder nothing checks them again.

/** Furthest a point may lie from the origin, in board units. */
export const MAX_COORDINATE = 10_000_000;
/** Samples in one command: about four seconds of a 120 Hz pen. */
export const MAX_SAMPLES_PER_COMMAND = 512;
/** Samples, and bytes of them, of a stroke that is placed whole; a copy of a longer one comes in parts. */
export const MAX_PLACED_SAMPLES = 8_192;
export const MAX_PLACED_BYTES = 48 * 1024;
/** Samples in one stroke; a longer one is refused further samples, and the tool starts the next stroke. */
export const MAX_SAMPLES_PER_STROKE = 20_000;
/** Longest time between two samples of a stroke, in ms. */
export const MAX_SAMPLE_GAP = 60_000;
/** Shapes named in one command. */
export const MAX_SHAPES_PER_COMMAND = 500;
/** Visible shapes on a board. */
export const MAX_SHAPES = 1_000_000;
/** Pen width, in board units. */
export const MIN_WIDTH = 0.125;
export const MAX_WIDTH = 512;
/** A stroke's sample step is 2 to the power of minus this, in board units. */
export const MIN_PRECISION = -8;
export const MAX_PRECISION = 12;
/** Characters (UTF-16 units). */
export const MAX_NAME_LENGTH = 40;
export const MAX_TITLE_LENGTH = 120;
/** Authors (clients that have drawn) on a board. */
export const MAX_AUTHORS = 100_000;
/** Gestures that each author can undo. */
export const MAX_UNDO = 100;
/** Bytes of one frame from a client. */
export const MAX_FRAME_BYTES = 64 * 1024;
/** Bytes of events in one commit; a longer run of events is split. */
export const MAX_COMMIT_BYTES = 256 * 1024;
/** Bytes of one frame from the server: one event that takes back the erasure of a whole board can be this long. */
export const MAX_SERVER_FRAME_BYTES = 64 * 1024 * 1024;
/** How many times larger or smaller than it was drawn a shape may be shown. */
export const MAX_SCALE = 1000;
/** Characters (UTF-16 units) of a shape's text, of a link's address, and of what tells those who cannot see it. */
export const MAX_TEXT_LENGTH = 5_000;
export const MAX_LINK_LENGTH = 2_000;
export const MAX_ALT_LENGTH = 1_000;
/** Height of letters, in board units. */
export const MAX_LETTER_SIZE = 1_024;
/** Parts that one cut may leave of a stroke. */
export const MAX_PIECES = 200;
/** Moments of a board that have names. */
export const MAX_MARKS = 1_000;
/** Bytes of an image's file, and pixels of each of its sides. */
export const MAX_IMAGE_BYTES = 4 * 1024 * 1024;
export const MAX_IMAGE_SIDE = 4_096;
