import * as v from 'valibot';
import { MAX_TITLE_LENGTH } from '../../../shared/limits.ts';
import { textFault } from '../../../shared/text.ts';
import { type Refusal, refuse } from '../answer.ts';
import { BodyTooLarge, type HttpRequest } from '../listener.ts';

const MAX_BODY_BYTES = 16 * 1024;

/** A board's title. */
export const titleSchema = v.pipe(
  v.string('must be text'),
  v.trim(),
  v.rawCheck(({ dataset, addIssue }) => {
    const fault = dataset.typed && textFault(dataset.value, 0, MAX_TITLE_LENGTH);
    if (fault) addIssue({ message: `must ${fault}` });
  }),
);

/** What a request's JSON body says, or why it is refused. An empty body is an empty object. */
export async function jsonBody<Schema extends v.GenericSchema>(
  request: HttpRequest,
  schema: Schema,
): Promise<v.InferOutput<Schema> | Refusal> {
  const bytes = await request.body(MAX_BODY_BYTES).catch((error: unknown) => {
    if (error instanceof BodyTooLarge) return null;
    throw error;
  });
  if (!bytes) return refuse(413, 'TooLarge', `The body may have ${MAX_BODY_BYTES} bytes.`);
  const type = request.header('content-type');
  if (bytes.length > 0 && !/^application\/json\s*(;|$)/i.test(type)) {
    return refuse(415, 'WrongMediaType', 'The body must be JSON: send "Content-Type: application/json".');
  }
  const value = parsed(bytes);
  if (value === undefined) return badRequest('The body is not JSON.');
  if (Array.isArray(value)) return badRequest('The body must be a JSON object.');
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  return badRequest(
    result.issues.map((issue) => `${v.getDotPath(issue) ?? 'The body'} ${issue.message}`).join('; ') + '.',
  );
}

export const badRequest = (message: string): Refusal => refuse(400, 'BadRequest', message);

function parsed(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
