import * as z from 'zod';
import { PostmortemId } from '../../../core/postmortem/postmortem.ts';
import { Refused } from '../../../core/shared/errors.ts';
import type { Api } from '../api-client.ts';
import { type Complaint, Failure, KeyRefused, RefusedByApi } from '../failure.ts';
import { type PublishOptions, queryOf } from './options.ts';
import type { Document, ReadDocument } from './read-document.ts';

/** The answer of PUT /postmortems/{id} and POST /postmortems. */
const PublishAnswer = z.object({
  id: PostmortemId,
  revision: z.int(),
  status: z.string(),
  severity: z.string().optional(),
  title: z.string(),
  sections: z.array(z.string()).readonly(),
  warnings: z.array(z.string()).readonly(),
  outcome: z.enum(['new', 'changed', 'unchanged', 'checked']).optional(),
  recognised: z
    .array(z.object({ what: z.string(), value: z.string(), from: z.string() }))
    .readonly()
    .optional(),
  missing: z.array(z.string()).readonly().optional(),
  advice: z.string().optional(),
  tells: z.array(z.string()).readonly().optional(),
  restricted: z.boolean().optional(),
  /** Where it soon stands to whom it matters. Absent: nobody looks. */
  relevance: z.string().optional(),
});

export interface Stored extends Omit<z.infer<typeof PublishAnswer>, 'outcome' | 'revision'> {
  readonly file: string;
  /** Absent: it was read by this machine alone, which knows none. */
  readonly revision?: number | undefined;
  /** `checked`: it was only read. */
  readonly outcome: 'new' | 'changed' | 'unchanged' | 'checked';
}
/** An earlier run with the same `--resume` stored it. */
interface DoneBefore {
  readonly file: string;
  readonly outcome: 'done before';
}
export type SendResult =
  | Stored
  | DoneBefore
  | { readonly file: string; readonly outcome: 'refused'; readonly problem: string; readonly complaints: readonly Complaint[] }
  | { readonly file: string; readonly outcome: 'not sent' };

export const isStored = (one: SendResult): one is Stored => ['new', 'changed', 'unchanged', 'checked'].includes(one.outcome);

/** Stores a document or only looks at it. Throws `Refused` or a `Failure`. */
export type Store = (document: Document) => Promise<Stored | DoneBefore>;

const inFlight = 4;

/** One document that the API cannot take holds up no other. After so many it is the API. */
const mostFailures = 3;

/**
 * Sends each document and returns the outcomes in the order given. `failure` is the first one that
 * kept documents from being sent: of one, or of all after it. These are marked as not sent, and
 * sending everything again is safe.
 */
export async function sendDocuments(
  files: readonly string[],
  read: (file: string) => Promise<ReadDocument>,
  store: Store,
  done: () => void,
): Promise<{ sent: SendResult[]; failure: Failure | undefined }> {
  const sent: SendResult[] = files.map((file) => ({ file, outcome: 'not sent' }));
  const firstWith = new Map<string, string>();
  const rest = files.entries();
  const failures: Failure[] = [];
  const isOver = () => failures.length >= mostFailures || failures.some((one) => one instanceof KeyRefused);

  const work = async () => {
    for (const [index, file] of rest) {
      if (isOver()) return;
      const document = await read(file);
      try {
        sent[index] = 'complaints' in document ? refused(file, document.complaints) : await sendOnce(document, firstWith, store);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        failures.push(error);
      }
      done();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  return { sent, failure: failures[0] };
}

async function sendOnce(document: Document, firstWith: Map<string, string>, store: Store): Promise<SendResult> {
  const { file, id, complaintOf = (complaint: Complaint) => complaint } = document;
  const first = id && firstWith.get(id);
  if (first) {
    return refused(file, [{ field: 'id', problem: `${id} is also the id of ${first}`, remedy: 'Give each postmortem its own id.' }]);
  }
  if (id) firstWith.set(id, file);
  try {
    return await store(document);
  } catch (error) {
    if (error instanceof RefusedByApi) return refused(file, error.complaints.map(complaintOf), error.message);
    if (error instanceof Refused) return refused(file, error.flaws.map(complaintOf));
    throw error;
  }
}

/** Has a deployment take it, with what is said beside each document. */
export const storeBy =
  (api: Api, options: PublishOptions = {}): Store =>
  async ({ file, id, type, bytes, isHistory }) => {
    const query = queryOf(isHistory ? { ...options, history: true } : options).toString();
    const asked = query === '' ? '' : `?${query}`;
    const { status, body } = await api(
      id
        ? { method: 'PUT', path: `postmortems/${id}${asked}`, body: bytes, type }
        : { method: 'POST', path: `postmortems${asked}`, body: bytes, type },
      PublishAnswer,
    );
    return { ...body, file, outcome: body.outcome ?? (status === 201 ? 'new' : 'changed') };
  };

const refused = (file: string, complaints: readonly Complaint[], problem = 'refused'): SendResult => ({
  file,
  outcome: 'refused',
  problem,
  complaints,
});
