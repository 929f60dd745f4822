import type { Flaw } from '../shared/errors.ts';

/** Where something stands. Line and column count from 1; JSON has none. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * Something about what a catalogue was read from. `error`: what was written cannot be taken, so no
 * catalogue is made. `warning`: it is taken, and not as it was perhaps meant.
 */
export interface CatalogRemark extends Flaw, Place {
  readonly level: 'error' | 'warning';
}

/** The place of a field below an entity: `['spec', 'dependsOn', 2]`. */
export type PlaceOf = (path: readonly (string | number)[]) => Place;

/** Makes remarks about the fields of one entity, which `label` names. */
export function remarksOn(label: string, at: PlaceOf) {
  const remark =
    (level: CatalogRemark['level']) =>
    (path: readonly (string | number)[], problem: string, remedy: string): CatalogRemark => ({
      level,
      ...at(path),
      field: [label, path.join('.')].filter(Boolean).join(' '),
      problem,
      remedy,
    });
  return { error: remark('error'), warning: remark('warning') };
}

/** `catalog-info.yaml:12`. */
export const shownPlace = ({ file, line }: Place): string => (line === undefined ? file : `${file}:${line}`);
