import { describe, expect, it } from 'vitest';
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

it.each([
  ['address;name;address\nada@example.com;Ada;eve@example.com\n', 'address', 'address, address'],
  ['Phone,Phone,E-Mail,Name,Full Name\n1,2,ada@example.com,Ada,Ada Lovelace\n', 'name', 'Name, Full Name'],
])('refuses a heading that names a column twice: %j', (text, field, written) => {
  expect(readPeople(`\n${text}`)).toMatchObject({
    rows: [],
    bad: [{ line: 2, field, problem: `stands in the heading 2 times: ${written}`, remedy: expect.stringContaining('Keep') }],
  });
});

it('says what a heading must have when there is none', () => {
  expect(readPeople('ada@example.com,Ada\n')).toMatchObject({
    rows: [],
    bad: [{ line: 1, problem: 'is not a heading with a column "address"' }],
  });
  expect(readPeople('')).toMatchObject({ rows: [], bad: [{ line: 1 }] });
});

describe('the encoding of a file', () => {
  const csv = 'address;name\r\nzoe@example.com;Zoë Müller\r\n';
  const wide = Uint8Array.from(Buffer.from(csv, 'utf16le'));
  const swapped = Uint8Array.from(Buffer.from(csv, 'utf16le').swap16());
  const narrow = Uint8Array.from(Buffer.from(csv, 'latin1'));

  it.each([
    ['UTF-8', Buffer.from(csv), 'utf-8', false],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${csv}`), 'utf-8', false],
    ['UTF-16 with a mark', Buffer.concat([Uint8Array.of(0xff, 0xfe), wide]), 'utf-16le', false],
    ['UTF-16 with its other mark', Buffer.concat([Uint8Array.of(0xfe, 0xff), swapped]), 'utf-16be', false],
    ['UTF-16 without a mark', wide, 'utf-16le', true],
    ['UTF-16 the other way round, without a mark', swapped, 'utf-16be', true],
    ['Windows-1252', narrow, 'windows-1252', true],
  ])('is read: %s', (_, bytes, encoding, isGuess) => {
    const decoded = decodeText(bytes);
    expect(decoded).toMatchObject({ encoding, isGuess });
    expect(readPeople(decoded.text).rows).toEqual([{ line: 2, address: 'zoe@example.com', name: 'Zoë Müller' }]);
  });

  it('is told by the addresses where names are in another script', () => {
    const name = '王小明'.repeat(40);
    const decoded = decodeText(Uint8Array.from(Buffer.from(`address\tname\nwang@example.com\t${name}\n`, 'utf16le')));
    expect(decoded).toMatchObject({ encoding: 'utf-16le', text: expect.stringContaining(name) });
  });
});

describe('a spreadsheet’s own ways', () => {
  const ada = { address: 'ada@example.com', name: 'Ada' };

  it.each([
    ['Excel’s sep line', 'sep=;\naddress;name\nada@example.com;Ada\n', 3],
    ['a sep line with a comma', 'sep=,\naddress,name\nada@example.com,Ada\n', 3],
    ['a sep line in quotes and capitals', '"SEP=\t"\r\naddress\tname\r\nada@example.com\tAda\r\n', 3],
    ['a sep line against what the heading looks like', 'sep=;\naddress;"name, as written"\nada@example.com;Ada\n', 3],
    ['line ends of an old Mac', 'address,name\rada@example.com,Ada\r', 2],
    ['empty columns at the end', 'address,name,,,\nada@example.com,Ada,,,\n,,,,\n', 2],
    ['headings in capitals with blanks', ' E-MAIL ADDRESS , Full name \nada@example.com,Ada\n', 2],
    ['a mark before a quoted heading', '\uFEFF"address","name"\n"ada@example.com","Ada"\n', 2],
  ])('%s', (_, text, line) => {
    const { rows, bad } = readPeople(text);
    expect({ rows: rows.map(({ address, line }) => ({ address, line })), bad }).toEqual({
      rows: [{ address: ada.address, line }],
      bad: [],
    });
  });

  it('reads a quoted cell that goes over lines, and counts them', () => {
    const { rows, bad } = readPeople('name,address\n"Ada\nLovelace",ada@example.com\nBob,bob@example.com\n');
    expect(rows).toEqual([
      { line: 2, address: 'ada@example.com', name: 'Ada Lovelace' },
      { line: 4, address: 'bob@example.com', name: 'Bob' },
    ]);
    expect(bad).toEqual([]);
  });

  it('swallows nobody between two quotes that were left open', () => {
    const { rows, bad } = readPeople('address,name\nada@example.com,"Ada\neve@example.com,Eve\nbob@example.com,Bob"\n');
    expect(rows.map(({ address }) => address)).toEqual(['eve@example.com']);
    expect(bad.map(({ line }) => line)).toEqual([2, 4]);
  });
});

it('refuses a cell that is longer than any can be, before it is sent', () => {
  const { rows, bad } = readPeople(`address,name\nada@example.com,${'x'.repeat(300_000)}\nbob@example.com,Bob\n`);
  expect(rows.map(({ address }) => address)).toEqual(['bob@example.com']);
  expect(bad).toEqual([{ line: 2, field: 'name', problem: 'is longer than 120 characters', remedy: 'Shorten it.' }]);
});
