import type { SendResult } from '../publish/send-documents.ts';

const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

/**
 * A log in which nothing that is printed between is taken for a command: names of files and texts
 * of documents are printed, and may look like one.
 */
export const quiet = (word: string) => ({ begin: `::stop-commands::${word}`, end: `::${word}::` });

/** Each refusal beside its line in the changes that GitHub shows. */
export const annotations = (sent: readonly SendResult[]): string[] =>
  sent.flatMap((one) =>
    one.outcome !== 'refused'
      ? []
      : one.complaints.map(({ field, problem, remedy, line, column }) => {
          const place = [
            `file=${property(one.file)}`,
            ...(line === undefined ? [] : [`line=${line}`]),
            ...(column === undefined ? [] : [`col=${column}`]),
          ];
          const text = `${[field, problem].filter(Boolean).join(': ')} ${remedy}`.trim();
          return `::error ${place.join(',')}::${data(text)}`;
        }),
  );
