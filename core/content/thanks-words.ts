import { capitalised, counted, inWords, named, printed, shortened } from './prose.ts';

/**
 * How far a postmortem reached, as its authors are told a week later. It has no counts of readers
 * and no persons.
 */
export interface Thanks {
  /**
   * The teams to which it matters, most first, and what they have of the same if that can be told.
   */
  readonly teams: readonly { readonly name: string; readonly has?: string | undefined }[];
  /** See readByWords. */
  readonly readBy?: string | undefined;
  /** Teams in which somebody pressed so. */
  readonly useful: readonly string[];
  readonly discussed: readonly string[];
  /** Its action items. `late` are open, too. */
  readonly actions: { readonly all: number; readonly open: number; readonly late: number };
}

const mostTeams = 4;
const mostPressed = 3;

/** A sentence for each thing that there is to tell. Empty: there is nothing. */
export function thanksWords({ teams, readBy, useful, discussed, actions }: Thanks): string {
  const nameOf = (name: string) => shortened(printed(name), 60);
  const pressed = (some: readonly string[]) => named(some.map(nameOf), mostPressed);
  return [
    teams.length > 0 &&
      `It matters to ${counted(teams.length, 'other team')}: ${named(
        teams.map(({ name, has }) => (has === undefined ? nameOf(name) : `${nameOf(name)} (${printed(has)})`)),
        mostTeams,
      )}.`,
    readBy,
    useful.length > 0 && `Found useful in ${pressed(useful)}.`,
    discussed.length > 0 && `Discussed in ${pressed(discussed)}.`,
    owedWords(actions),
  ]
    .filter(Boolean)
    .join(' ');
}

/** `Two of three actions are still open, one of them late.` */
function owedWords({ all, open, late }: Thanks['actions']): string | undefined {
  if (all === 0) return undefined;
  if (open === 0) return all === 1 ? 'Its action is closed.' : `All ${inWords(all)} actions are closed.`;
  const are = open === 1 ? 'is' : 'are';
  const which =
    all === 1 ? 'Its action' : open === all ? `All ${inWords(all)} actions` : `${capitalised(inWords(open))} of ${inWords(all)} actions`;
  if (late === 0) return `${which} ${are} still open.`;
  return `${which} ${are} still open${late === open ? ' and late' : `, ${inWords(late)} of them late`}.`;
}
