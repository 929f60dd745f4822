import type { MomentContext, ReadMoments } from './moments.ts';

import { clockOfYear, type Piece, piecesOf } from './pieces.ts';
import { resolveTellings } from './resolve.ts';
import { tellingsOf } from './tellings.ts';

/** A longer text is prose. */
const longestText = 200;

/**
 * Reads a text that is nothing but a time or a range, in any usual written form of ten languages.
 * Nothing is guessed: what has two readings, or no year, is `unclear`. Words of "not known" are
 * `none`. Remarks in brackets behind a time are left out.
 */
export function readMoments(text: string, context: MomentContext): ReadMoments {
  const trimmed = text.trim().replace(placeOfZone, ' ');
  if (trimmed.length > longestText || !/\p{Nd}/u.test(trimmed)) return { kind: 'none' };
  const pieces = withUnknownZones(piecesOf(trimmed), trimmed);
  const tellings = tellingsOf(context.day === undefined ? pieces : withClocks(pieces));
  return tellings === undefined ? { kind: 'none' } : resolveTellings(tellings, trimmed, context);
}

/** "hora de Ciudad de México (UTC-6)": the zone is in the brackets. */
const placeOfZone =
  /,? {1,3}(?:hora|heure|ora|hor[aá]rio|zeit|tijd|time)(?: local)? (?:de|di|do|da|du|von|in|van|of) \p{Lu}[\p{L} ]{1,40}(?= \((?:UTC|GMT)[^()]{0,10}\))/u;

/** Capital letters behind a time of day are a zone, although we do not know it. */
const withUnknownZones = (pieces: readonly Piece[], text: string): Piece[] =>
  pieces.map((piece, i) => {
    const letters = text.slice(piece.index, piece.end);
    const follows = pieces[i - 1]?.kind === 'clock' || (pieces[i - 1]?.kind === 'bracket' && pieces[i - 2]?.kind === 'clock');
    if (piece.kind !== 'word' || !follows || !/^[A-Z]{2,5}$/.test(letters)) return piece;
    return { kind: 'zone', zone: { kind: 'unknown', name: letters }, index: piece.index, end: piece.end };
  });

/** Four digits without a day are a time of the day that is known. */
function withClocks(pieces: readonly Piece[]): readonly Piece[] {
  if (pieces.some(({ kind }) => kind === 'day' || kind === 'days')) return pieces;
  return pieces.map((piece) => {
    const clock = piece.kind === 'year' ? clockOfYear(piece.year) : undefined;
    return clock === undefined ? piece : { kind: 'clock', clock, index: piece.index, end: piece.end };
  });
}
