import { describe, expect, it } from 'vitest';
import { factsFor, projectionFor, searchedPartsOf } from '../../../core/rendition/renditions.ts';
import { audiences } from '../../../core/stream/audience.ts';
import { taxonomyOf } from '../../../core/taxonomy/taxonomy-of.ts';
import { canariesIn, plantedPaths, seenBy, withCanaries } from '../../support/canaries.ts';

/**
 * The whole document, and with each field left out or alone, so that what stands in for a missing
 * field shows.
 */
const documents = [
  withCanaries(),
  ...plantedPaths.map((left) => withCanaries((path) => path !== left)),
  ...plantedPaths.map((only) => withCanaries((path) => path === only)),
];

describe.each(audiences)('what is made of a postmortem for %s', (audience) => {
  it('has the fields that are listed for it, and no other', () => {
    const texts = documents.map((document) => {
      const projection = projectionFor(
        audience,
        { postmortem: document, revision: 1 },
        document.publishedAt ?? '2026-12-08T10:00:00Z',
        taxonomyOf({}),
      );
      const parts = projection && searchedPartsOf(audience, projection.rendition);
      return JSON.stringify([projection, parts, factsFor(audience, document)]);
    });

    expect(canariesIn(texts.join(' ')).toSorted()).toEqual(seenBy[audience].toSorted());
  });
});

describe('the canaries', () => {
  it('are found again in the document itself, each of them', () => {
    expect(canariesIn(JSON.stringify(withCanaries()))).toEqual(plantedPaths);
    expect(canariesIn(JSON.stringify(withCanaries(() => false)))).toEqual(['title']);
  });
});
