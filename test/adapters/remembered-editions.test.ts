import { expect, it } from 'vitest';
import { rememberedEditions } from '../../adapters/dynamodb/remembered-editions.ts';
import type { Edition } from '../../core/edition/edition.ts';
import { anEdition } from '../support/delivery.ts';

const reading = (answers: (Edition | undefined)[]) => {
  const asked: string[] = [];
  const editions = rememberedEditions({
    read: async (id) => {
      asked.push(id);
      return answers.shift();
    },
    setTally: async () => {},
  });
  return { editions, asked };
};

it('reads an edition once', async () => {
  const edition = anEdition();
  const { editions, asked } = reading([edition]);

  expect([await editions.read(edition.id), await editions.read(edition.id)]).toEqual([edition, edition]);
  expect(asked).toEqual([edition.id]);
});

it('reads a paused one, and one that is not there yet, again', async () => {
  const edition = anEdition();
  const { editions } = reading([undefined, { ...edition, paused: true }, edition]);

  expect(await editions.read(edition.id)).toBeUndefined();
  expect(await editions.read(edition.id)).toMatchObject({ paused: true });
  expect(await editions.read(edition.id)).toMatchObject({ paused: false });
});
