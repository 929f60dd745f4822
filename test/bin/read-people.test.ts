import { expect, it } from 'vitest';
import { decodeText } from '../../bin/cli/people/decode-text.ts';
import { readPeople } from '../../bin/cli/people/read-people.ts';

it('knows the columns by other names too, in any order and case', () => {
  const { rows, ignored } = readPeople('Full Name,E-Mail,Time Zone,Phone\nAda,ada@example.com,Europe/Berlin,123\n');

  expect(rows).toEqual([{ line: 2, address: 'ada@example.com', name: 'Ada', zone: 'Europe/Berlin' }]);
  expect(ignored).toEqual(['Phone']);
});

it.each([
  ['semicolons', 'address;streams\nada@example.com;engineering-digest,sev1-alerts\n'],
  ['tabs with an empty first cell', 'name\taddress\tstreams\n\tada@example.com\tengineering-digest,sev1-alerts\n'],
  ['tabs', 'address\tstreams\nada@example.com\tengineering-digest,sev1-alerts\n'],
  ['commas', 'address,streams\nada@example.com,"engineering-digest,sev1-alerts"\n'],
  ['a byte order mark and CRLF', '\uFEFFaddress,streams\r\nada@example.com,"engineering-digest,sev1-alerts"\r\n'],
])('reads %s', (_, text) => {
  expect(readPeople(text).rows).toEqual([{ line: 2, address: 'ada@example.com', streams: 'engineering-digest,sev1-alerts' }]);
});

it('counts lines as an editor does, empty ones included', () => {
  const { rows } = readPeople('address,name\n\nada@example.com,Ada\n\n\nbob@example.com,Bob\n');

  expect(rows.map(({ line }) => line)).toEqual([3, 6]);
});

it('refuses the second line of one address and names the first', () => {
  const { rows, bad } = readPeople('address\nada@example.com\nADA@example.com\n');

  expect(rows).toHaveLength(1);
  expect(bad).toMatchObject([{ line: 3, problem: 'stands in line 2 too' }]);
});

it('takes a customer and a member of staff with one address for two people', () => {
  const { rows, bad } = readPeople('address,streams\nada@example.com,customer-notices\nada@example.com,\n');

  expect(rows).toHaveLength(2);
  expect(bad).toEqual([]);
});

it('knows one person by an address written in two ways', () => {
  const { bad } = readPeople('address\nada@bücher.example\nADA@xn--bcher-kva.example\n');

  expect(bad).toMatchObject([{ line: 3, problem: 'stands in line 2 too' }]);
});

it('refuses a line with more cells than the heading, which has shifted', () => {
  const { rows, bad } = readPeople('address,name\nada@example.com,Lovelace, Ada\nbob@example.com,Bob\n');

  expect(rows.map(({ address }) => address)).toEqual(['bob@example.com']);
  expect(bad).toMatchObject([{ line: 2, problem: 'has 3 cells, but the heading names 2' }]);
});

it('reads on after a line whose quotes do not pair up', () => {
  const { rows, bad } = readPeople('address,name\nada@example.com,"Ada" Lovelace\nbob@example.com,"Bob\neve@example.com,Eve\n');

  expect(rows.map(({ address }) => address)).toEqual(['eve@example.com']);
  expect(bad.map(({ line, problem }) => `${line} ${problem}`)).toEqual([
    '2 the double quotes do not pair up',
    '3 the double quotes do not pair up',
  ]);
});

it('says what a heading must have when there is none', () => {
  expect(readPeople('ada@example.com,Ada\n')).toMatchObject({
    rows: [],
    bad: [{ line: 1, problem: 'is not a heading with a column "address"' }],
  });
  expect(readPeople('')).toMatchObject({ rows: [], bad: [{ line: 1 }] });
});

it('reads names as office programs save them', () => {
  expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0xc3, 0xa9)).text).toBe('é');
  expect(decodeText(Uint8Array.of(0xe9))).toEqual({ text: 'é', encoding: 'windows-1252' });
  expect(decodeText(Uint8Array.of(0xff, 0xfe, 0xe9, 0x00))).toEqual({ text: 'é', encoding: 'utf-16' });
});
