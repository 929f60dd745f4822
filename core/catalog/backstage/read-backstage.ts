import type { CatalogContent } from '../catalog.ts';
import { mergeFound } from '../merge.ts';
import type { CatalogRemark } from '../remark.ts';
import { readJsonEntities, readYamlEntities, together } from './read-entities.ts';
import { takeEntity } from './take-entity.ts';

export interface BackstageFile {
  /** As remarks name it. */
  readonly file: string;
  readonly text: string;
  readonly format: 'yaml' | 'json';
}
export interface ReadBackstage {
  readonly content: CatalogContent;
  /** With an error among them, `content` is not to be used. */
  readonly remarks: readonly CatalogRemark[];
  /** How many entities of other kinds were left out, by kind. */
  readonly otherKinds: ReadonlyMap<string, number>;
  /** How many documents are no entities, or templates of some. */
  readonly foreign: number;
}

/**
 * Makes a catalogue of Backstage's files, or of what its catalogue answers. Errors come first, then
 * warnings, each in the order of the files.
 */
export function readBackstage(files: readonly BackstageFile[]): ReadBackstage {
  const { entities, remarks, otherKinds, foreign } = together(
    files.map(({ file, text, format }) => (format === 'json' ? readJsonEntities(file, text) : readYamlEntities(file, text))),
  );
  const taken = entities.map(takeEntity);
  const merged = mergeFound(
    taken.flatMap(({ service }) => service ?? []),
    taken.flatMap(({ team }) => team ?? []),
  );
  const all = [...remarks, ...taken.flatMap((one) => one.remarks), ...merged.remarks];
  return {
    content: merged.content,
    remarks: [...all.filter(({ level }) => level === 'error'), ...all.filter(({ level }) => level === 'warning')],
    otherKinds,
    foreign,
  };
}
