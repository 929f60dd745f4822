import { idAtVendor } from '../postmortem/id-at-vendor.ts';
import { isSource, sourceLabels, visibleByFile } from './source.ts';

/** A held incident, as far as its words need it. */
export interface HeldIncident {
  readonly source: string;
  readonly ref: string;
  /** A word of `heldReasons`, or of a later release. */
  readonly why: string;
  readonly detail?: string | undefined;
  /** The vendor's own name of the severity. */
  readonly severity?: string | undefined;
}

export interface HeldWords {
  /** Why it is held, as a clause. */
  readonly why: string;
  /** What helps best, as a sentence without its full stop that ends with one command. */
  readonly remedy: string;
}

export const idOfHeld = ({ source, ref }: Pick<HeldIncident, 'ref' | 'source'>): string => `${source}/${ref}`;

/** How the ids of events begin that could not be read: no vendor can be asked about them. */
export const unreadable = 'unreadable-';
export const isUnreadable = ({ ref }: Pick<HeldIncident, 'ref'>): boolean => ref.startsWith(unreadable);

/** People know it already: only what is to become of that waits for an operator. */
export const isKnownAlready = ({ why }: { readonly why?: string | undefined }): boolean =>
  why === 'not found' || why === 'published elsewhere';

/** The id as a shell takes it: a vendor's id may have any sign in it. */
export function heldArgument(one: Pick<HeldIncident, 'ref' | 'source'>): string {
  const id = idOfHeld(one);
  return /^[\w./:-]+$/.test(id) ? id : `'${id.replaceAll("'", "'\\''")}'`;
}

interface Wording {
  readonly tool: string;
  /** ". The API answered 401", or nothing. */
  readonly detail: string;
  /** A command for it. */
  readonly command: (act: string, rest: string) => string;
  readonly ignore: string;
}

/**
 * Why it is held and what helps, in the same words in the mail, on the page of operators and on the
 * command line. `count`: so many are held for the same reason, this one among them.
 */
export function heldWords(one: HeldIncident, count = 1): HeldWords {
  const isOne = count === 1;
  const argument = isOne ? heldArgument(one) : 'ID';
  const command = (act: string, rest: string) => `afterword held ${act} ${argument} ${rest}`.trim();
  const detail = one.detail === undefined ? '' : `. ${one.detail.replace(/\.$/, '')}`;
  const wording = { tool: toolOf(one), detail, command, ignore: command('ignore', '--reason TEXT') };
  return isOne ? wordsOfOne(one, wording) : wordsOfMany(one, wording);
}

const toolOf = ({ source }: HeldIncident): string => (isSource(source) ? sourceLabels[source] : source);

const refusedRemedy = ({ detail, tool }: Wording, them: string): string =>
  / answered 40[13]\b/.test(detail) ? `Give it a token that may read ${them}, in the secret of the connectors` : `Put it right in ${tool}`;

function wordsOfOne(one: HeldIncident, wording: Wording): HeldWords {
  const { why, severity, source, ref } = one;
  const { tool, detail, command, ignore } = wording;
  switch (why) {
    case 'unmapped severity':
      return {
        why: severity === undefined ? `${tool} names no severity` : `nobody mapped its severity “${severity}”`,
        remedy: `${severity === undefined ? 'Say it' : 'Map it in the distribution file, or say it'} for this one: ${command('release', '--severity SEVERITY')}`,
      };
    case 'visibility unknown':
      return {
        why: `${tool} does not say whether everybody may see it`,
        remedy: `If everybody may see it, run ${command('release', '--public')}`,
      };
    case 'published elsewhere':
      return {
        why: 'a key or a person stored its postmortem, so the tool does not change it any more',
        remedy: `If that one is right, run ${command('map', `--postmortem ${isSource(source) ? idAtVendor(source, ref) : 'ID'}`)}`,
      };
    case 'no text':
      return { why: 'its document is finished and has no text', remedy: `Write it in ${tool}. If nobody should be told, run ${ignore}` };
    case 'unreadable':
      return { why: `${tool} posted what cannot be read${detail}`, remedy: `Once you know why, run ${ignore}` };
    case 'too large':
      return {
        why: `what ${tool} said of it is too large${detail}`,
        remedy: `Shorten its document there. If nobody should be told, run ${ignore}`,
      };
    case 'not found':
      return {
        why: `the API of ${tool} did not find it, and people know it already`,
        remedy: `It is restricted when that has been so for an hour. If people may go on reading it, run ${ignore}`,
      };
    case 'refused':
      return {
        why: `it was refused${detail}`,
        remedy: `${refusedRemedy(wording, 'it')}. If nobody should be told, run ${ignore}`,
      };
    case 'vendor does not answer':
      return {
        why: `the API of ${tool} does not answer`,
        remedy: `It is asked each hour. If you do not want to wait for it, run ${ignore}`,
      };
    default:
      return { why: `${why}${detail}`, remedy: `To see all of it, run ${command('show', '')}` };
  }
}

function wordsOfMany({ why, severity, source }: HeldIncident, wording: Wording): HeldWords {
  const { tool, detail, command, ignore } = wording;
  const orIgnore = `If nobody should be told of one, run ${ignore}`;
  const inFile = 'and run afterword apply FILE';
  switch (why) {
    case 'unmapped severity':
      return severity === undefined
        ? { why: `${tool} names no severity`, remedy: `Say it for each: ${command('release', '--severity SEVERITY')}` }
        : {
            why: `nobody mapped their severity “${severity}”`,
            remedy: `Map it in the distribution file, below connectors: ${source}: severities, ${inFile}`,
          };
    case 'visibility unknown':
      return {
        why: `${tool} does not say whether everybody may see them`,
        remedy: visibleByFile.some((one) => one === source)
          ? `If its key sees nothing private, write keySees: public below connectors: ${source} in the distribution file, ${inFile}`
          : `If everybody may see one, run ${command('release', '--public')}`,
      };
    case 'published elsewhere':
      return {
        why: 'a key or a person stored their postmortems, so the tool does not change them any more',
        remedy: `To see what helps one of them, run ${command('show', '')}`,
      };
    case 'no text':
      return { why: 'their documents are finished and have no text', remedy: `Write them in ${tool}. ${orIgnore}` };
    case 'unreadable':
      return { why: `${tool} posted what cannot be read${detail}`, remedy: `Once you know why, run for each ${ignore}` };
    case 'too large':
      return { why: `what ${tool} said of them is too large${detail}`, remedy: `Shorten their documents there. ${orIgnore}` };
    case 'not found':
      return {
        why: `the API of ${tool} did not find them, and people know them already`,
        remedy: `They are restricted when that has been so for an hour. If its token lost its rights, put another one into the secret of the connectors. If people may go on reading one, run ${ignore}`,
      };
    case 'refused':
      return { why: `they were refused${detail}`, remedy: `${refusedRemedy(wording, 'them')}. ${orIgnore}` };
    case 'vendor does not answer':
      return {
        why: `the API of ${tool} does not answer`,
        remedy: `It is asked each hour. If you do not want to wait for it, run for each ${ignore}`,
      };
    default:
      return { why: `${why}${detail}`, remedy: `To see all of one, run ${command('show', '')}` };
  }
}
