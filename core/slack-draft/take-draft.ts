import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { givenBy } from '../intake/given-by.ts';
import type { PostmortemStore } from '../intake/ports.ts';
import { RevisedMeanwhile, takePostmortem } from '../intake/take-postmortem.ts';
import { readDocument } from '../postmortem/reading/read-document.ts';
import type { ReadPostmortem } from '../postmortem/reading/reading.ts';
import type { SentDocument } from '../postmortem/reading/sent-document.ts';
import { Refused } from '../shared/errors.ts';
import { changedSinceLines, draftLines, helpLines, notHereLines, refusedLines, tooLongLines } from './draft-words.ts';
import type { DraftRequest } from './read-draft-request.ts';

export interface TakeDraftDeps {
  readonly distribution: Distribution | undefined;
  readonly postmortems: PostmortemStore;
  readonly now: () => Date;
  readonly publicUrl: string;
}

/** What became of it, in a word for the log, and the lines that the person reads. */
interface DraftAnswer {
  readonly outcome: 'stored' | 'stood already' | 'changed since' | 'not here' | 'help' | 'too long' | 'refused';
  readonly lines: readonly string[];
}

/** In characters. Slack takes no longer message. */
const longestText = 40_000;

/**
 * Makes a draft of a text in Slack, where the distribution file allows it. What stands under its id
 * is never changed, so the second call changes nothing. What follows from a draft waits in its
 * outbox for `sweep`: nobody is told of one.
 */
export async function takeDraft(ask: DraftRequest, deps: TakeDraftDeps): Promise<DraftAnswer> {
  const { distribution, publicUrl } = deps;
  if (!distribution || !mayDraft(ask, distribution)) return { outcome: 'not here', lines: notHereLines };
  if (/^(?:|help)$/i.test(ask.text)) return { outcome: 'help', lines: helpLines(ask) };
  if (ask.text.length > longestText) return { outcome: 'too long', lines: tooLongLines(longestText) };
  try {
    const { read, source } = readText(ask, distribution);
    const { outcome } = await takePostmortem(read, {
      ...deps,
      // Only a revision that replaces another one notes who sent that.
      revisions: { note: async () => {} },
      posts: true,
      by: `slack:${ask.user}`,
      source,
      replaces: 0,
    });
    const isNew = outcome === 'new';
    const severity = labelsOf(distribution)[read.postmortem.severity] ?? read.postmortem.severity;
    return { outcome: isNew ? 'stored' : 'stood already', lines: draftLines(read, { ask, isNew, severity, publicUrl }) };
  } catch (error) {
    if (error instanceof RevisedMeanwhile) return { outcome: 'changed since', lines: changedSinceLines(ask.id) };
    if (error instanceof Refused) return { outcome: 'refused', lines: refusedLines(error) };
    throw error;
  }
}

/** The channel is the permission: whoever may write there may make drafts of what stands there. */
function mayDraft({ workspace, workspaceOfUser = workspace, channel }: DraftRequest, { slack }: Distribution): boolean {
  const { drafts } = slack ?? {};
  return (
    drafts !== undefined && workspace === drafts.workspace && workspaceOfUser === drafts.workspace && drafts.channels.includes(channel)
  );
}

/**
 * Reads the text. People write the title in the first line, and not always in bold: where none was
 * found, a short first line is taken for it. Throws `Refused`.
 */
function readText(
  { text, at, id }: DraftRequest,
  distribution: Distribution,
): { readonly read: ReadPostmortem; readonly source: SentDocument } {
  const readAs = (one: string) => {
    const source = { type: 'text/markdown', text: one } as const;
    return { read: asDraft(readDocument(source, givenBy(distribution, at, id))), source };
  };
  const found = readAs(text);
  const isTitled = found.read.recognised.some(({ what }) => what === 'title');
  return isTitled || !mayBeTitle.test(text) ? found : readAs(`# ${text}`);
}
/** No mark of Markdown, and no line such as `Services: checkout`. */
const mayBeTitle = /^(?![#>`|-])(?![\p{L} ]{2,30}: )[^\n]{3,120}(?:\n|$)/u;

/** Whatever the text says: publishing is done elsewhere, by whoever may. */
function asDraft(read: ReadPostmortem): ReadPostmortem {
  const { mergedInto: _, ...postmortem } = read.postmortem;
  return { ...read, postmortem: { ...postmortem, status: 'draft' } };
}
