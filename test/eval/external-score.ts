import { lint } from '../../core/notice/lint/lint.ts';
import type { LintContext } from '../../core/notice/lint/lint-context.ts';
import type { Remark, SecretFinder } from '../../core/notice/ports.ts';
import { asCompared } from '../../core/shared/legible.ts';
import type { LabelledText } from './external-texts.ts';

/** What the lint made of one labelled text. */
export interface Judged {
  readonly text: LabelledText;
  readonly remarks: readonly Remark[];
  /** The strongest finding that hits what is labelled. Of harmless texts the strongest at all. */
  readonly level: 'refuse' | 'look' | 'pass';
}

export async function judge(text: LabelledText, context: LintContext, secrets: SecretFinder): Promise<Judged> {
  const remarks = await lint(text, context, secrets);
  const labelled = [...text.leaks, ...text.looks];
  const counted = text.isLeak ? remarks.filter((remark) => labelled.some((label) => hits(remark, label, text))) : remarks;
  const level = counted.some((remark) => remark.level === 'refuse') ? 'refuse' : counted.length > 0 ? 'look' : 'pass';
  return { text, remarks, level };
}

const bare = (text: string): string => asCompared(text.replaceAll('&amp;', '&')).text.replace(/[^\p{L}\p{N}]+/gu, '');

/** Whether what was found and what is labelled overlap in the text. */
function hits({ found, rule }: Remark, label: string, { title, body, change = '' }: LabelledText): boolean {
  if (rule === 'hidden character') return /\p{Cf}/u.test(label);
  const [text, one, other] = [bare([title, body, change].join('\n')), bare(found.replace(/…$/, '')), bare(label)];
  const places = (part: string): [number, number][] => {
    const all: [number, number][] = [];
    for (let at = part === '' ? -1 : text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) all.push([at, at + part.length]);
    return all;
  };
  return (
    places(one).some(([from, to]) => places(other).some(([start, end]) => from < end && start < to)) || (one !== '' && other.includes(one))
  );
}
