import type { ShownPerson } from '../../../core/operator/api.ts';
import { definitionOf, Frequency, StreamName } from '../../../core/stream/stream.ts';

/** The path of one person, or of something that can be done with them. Paths hold no addresses. */
export const personPath = (sid: string, more = ''): string => `/home/people/${encodeURIComponent(sid)}${more}`;

type Stream = ShownPerson['streams'][number];

/** How a stream can be set, with a label for each. */
export function choicesFor({ stream, frequencies }: Stream): readonly { readonly value: string; readonly label: string }[] {
  const { choices } = definitionOf(StreamName.parse(stream)).words;
  const on = frequencies.length > 0 ? frequencies : ['on'];
  return ['off', ...on].map((value) => ({ value, label: labelOf(value, choices) }));
}

function labelOf(value: string, choices: ReturnType<typeof definitionOf>['words']['choices']): string {
  if (value === 'on' || value === 'off') return choices?.[value] ?? (value === 'on' ? 'On' : 'Off');
  const frequency = Frequency.safeParse(value).data;
  return (frequency && choices?.[frequency]) ?? value;
}

export const joinedWords: Readonly<Record<string, string>> = {
  approval: 'Approved by the owner of a stream',
  signup: 'Signed up by themselves',
  directory: 'Through the directory',
};
