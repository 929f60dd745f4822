import type { Words } from './words-of.ts';

/** Words that deny what follows them in the same clause. */
const denies = new Set(
  (
    'not no nothing none nor never without neither unlike hardly didnt wasnt isnt doesnt werent arent dont couldnt hasnt havent hadnt wont wouldnt cannot cant ' +
    'prevent prevents preventing avoid avoids avoiding avoided'
  ).split(' '),
);
/** What follows these in the same clause did not happen, or is only thought of. */
const supposes = new Set(
  (
    'if suspected suspecting suspect assumed believed hypothesis hypothesised hypothesized ' +
    'potential potentially possible possibly risk could might may would should'
  ).split(' '),
);
/** "Not noticed that it expired" does not deny that it did. */
const beginsAnother =
  /^(?:noti[cf]|reali[sz]|know|knew|detect|see|saw|expect|anticipat|catch|caught|aware|page|alert|consider|account|handle|protect|stop|surviv|cope|toler|only|enough|immediately|until|prevent|avoid)/;
/** Behind a find: "a failover was ruled out", "the certificate was not the cause". */
const deniesAfter = new Set(['unrelated', 'unaffected', 'uninvolved']);
const notAfter = /^(?:the|a|cause|related|involved|affected|factor|happen|occur|relevant|impacted|responsible)/;

const before = 4;
const after = 5;

export const isDenial = (word: string): boolean => denies.has(word);

/**
 * Whether a text says of the words `from` to `to` that it was not so, or only might have been.
 * `supposed`: whether the latter counts.
 */
export function isDenied(words: Words, from: number, to: number, { supposed }: { readonly supposed: boolean }): boolean {
  const { folded, clause, sentence } = words;
  for (let at = from - 1; at >= Math.max(0, from - before) && clause[at] === clause[from]; at -= 1) {
    const word = folded[at] ?? '';
    if (supposed && supposes.has(word)) return true;
    if (denies.has(word) && !beginsAnother.test(folded[at + 1] ?? '') && from - at <= before - 1) return true;
    if (word === 'than' && folded[at - 1] === 'rather') return true;
    if (word === 'of' && folded[at - 1] === 'instead') return true;
  }
  for (let at = to + 1; at <= Math.min(folded.length - 1, to + after) && sentence[at] === sentence[to]; at += 1) {
    const word = folded[at] ?? '';
    const next = folded[at + 1] ?? '';
    if (deniesAfter.has(word) || (word === 'ruled' && next === 'out')) return true;
    if (/^(?:not|wasnt|isnt|didnt|werent)$/.test(word) && clause[at] === clause[to]) return notAfter.test(next);
  }
  return false;
}
