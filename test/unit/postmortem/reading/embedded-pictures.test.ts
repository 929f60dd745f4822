import { expect, it } from 'vitest';
import { withoutEmbeddedPictures } from '../../../../core/postmortem/reading/embedded-pictures.ts';
import { fromMarkdown } from '../../../support/reading.ts';

const picture = `data:image/png;base64,${'iVBORw0KGgo+/Ab'.repeat(2000)}==`;

it.each([
  ['a definition', `A ![][image1]\n\n[image1]: <${picture}>\n`, 'A ![][image1]\n\n[image1]: <data:,>\n'],
  ['an image', `A ![graph](${picture}) B`, 'A ![graph](data:,) B'],
  ['HTML', `<img alt="a" src="${picture}">`, '<img alt="a" src="data:,">'],
  ['JSON with escaped slashes', JSON.stringify({ a: `<img src="${picture}">` }).replaceAll('/', '\\/'), '{"a":"<img src=\\"data:,\\">"}'],
  ['several', `${picture} ${picture}`, 'data:, data:,'],
  ['another kind of data', 'data:text/plain;base64,QUJD', 'data:text/plain;base64,QUJD'],
])('leaves out the bytes of a picture in %s, and nothing else', (_, text, left) => {
  expect(withoutEmbeddedPictures(text)).toBe(left);
});

it('takes twenty million letters', () => {
  expect(withoutEmbeddedPictures(`a data:image/png;base64,${'Ab+/'.repeat(5e6)} b`)).toBe('a data:, b');
});

it('leaves a document that reads as without the picture', () => {
  const { postmortem } = fromMarkdown(
    withoutEmbeddedPictures(`# Checkout down\n\n## Executive summary\n\nIt was down.\n\n![][image1]\n\n[image1]: <${picture}>\n`),
  );
  expect(postmortem).toMatchObject({ title: 'Checkout down', summary: expect.stringMatching(/^It was down\./) });
});
