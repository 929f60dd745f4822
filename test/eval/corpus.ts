import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Label, Labels } from './label.ts';

export interface LabelledDocument {
  /** The folder: what kind of document it is. */
  readonly form: string;
  /** Unique in the corpus: `form/file`. */
  readonly name: string;
  readonly text: string;
  readonly label: Label;
}

const folder = fileURLToPath(new URL('../fixtures/reading/corpus/', import.meta.url));

/** Every labelled document: each folder of the corpus has its labels in `labels.json`. */
export function readCorpus(): LabelledDocument[] {
  const forms = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return forms
    .map(({ name }) => name)
    .toSorted()
    .flatMap(readForm);
}

function readForm(form: string): LabelledDocument[] {
  const labels = Labels.parse(JSON.parse(readFileSync(join(folder, form, 'labels.json'), 'utf8')));
  const files = readdirSync(join(folder, form)).filter((file) => file !== 'labels.json');
  const without = files.filter((file) => labels[file] === undefined);
  if (without.length > 0) throw new Error(`documents without a label: ${without.map((file) => `${form}/${file}`).join(', ')}`);
  return Object.entries(labels).map(([file, label]) => ({
    form,
    name: `${form}/${file}`,
    text: withImages(readFileSync(join(folder, form, file), 'utf8')),
    label,
  }));
}

/** Exports carry screenshots as text. `{{image 230000}}` stands for so many bytes of one. */
const withImages = (text: string): string =>
  text.replace(/\{\{image (\d+)\}\}/g, (_, bytes) => Buffer.alloc(Number(bytes), 7).toString('base64'));
