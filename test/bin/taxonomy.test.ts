import { expect, it } from 'vitest';
import { aFolder, afterword } from '../support/command-line.ts';
import { distributionYaml } from '../support/distribution.ts';

const taxonomy = `taxonomy:
  technologies: [{ id: ledger-db, label: LedgerDB, says: ["ledger db"] }]
  failureModes: [{ id: stuck-saga, label: a saga that got stuck, says: ["saga …4 stuck"], with: [ledger-db], weight: 3 }]
`;
const postmortem =
  '# Orders waited\n\n## Summary\n\nThe saga of each order was stuck, because Ledger DB had no connections: too many connections.\n';
const files = { 'pm.md': postmortem, 'distribution.yaml': `${distributionYaml}${taxonomy}` };

it('prints the terms of a file and the words that show them, with those of a distribution file', async () => {
  await using folder = await aFolder(files);

  const ours = await afterword(['taxonomy', 'try', 'pm.md'], { cwd: folder.path });
  const theirs = await afterword(['taxonomy', 'try', 'pm.md', '--distribution', 'distribution.yaml'], { cwd: folder.path });

  expect([ours.code, ours.stdout]).toEqual([
    0,
    'connections-exhausted  connections that ran out (failure mode, weight 3): “too many connections” in the summary\n',
  ]);
  expect(theirs.stdout.split('\n')).toEqual([
    'stuck-saga             a saga that got stuck (failure mode, weight 3): “saga of each order was stuck” in the summary',
    'ledger-db              LedgerDB (technology, weight 1): “Ledger DB” in the summary',
    'connections-exhausted  connections that ran out (failure mode, weight 3): “too many connections” in the summary',
    '',
  ]);
});

it('says that a file is not there', async () => {
  await using folder = await aFolder(files);
  const { code, stdout, stderr } = await afterword(['taxonomy', 'try', 'none.md'], { cwd: folder.path });
  expect([code, stdout + stderr]).toEqual([1, 'none.md: is not there — Check its name and its folder.\n']);
});

it('shows one term, and says which was meant', async () => {
  await using folder = await aFolder(files);

  const one = await afterword(['taxonomy', 'show', 'stuck-saga', '--distribution', 'distribution.yaml'], { cwd: folder.path });
  const known = await afterword(['taxonomy', 'show', 'failover-failed'], { cwd: folder.path });
  const none = await afterword(['taxonomy', 'show', 'split-brian'], { cwd: folder.path });

  expect(one.stdout).toBe(
    'stuck-saga: a saga that got stuck (failure mode, weight 3)\nShown by:\n  saga …4 stuck\nBelongs with: ledger-db\n',
  );
  const belongs = /^Belongs with: (.*)$/m.exec(known.stdout)?.[1]?.split(', ') ?? [];
  expect(belongs).toContain('redis');
  expect(belongs).toEqual([...new Set(belongs)]);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('Did you mean split-brain?')]);
});

it('names the flaws of a distribution file with their places', async () => {
  const broken = files['distribution.yaml'].replace('"saga …4 stuck"', '"saga …44 stuck"');
  await using folder = await aFolder({ ...files, 'distribution.yaml': broken });

  const { code, stdout } = await afterword(['taxonomy', 'try', 'pm.md', '--distribution', 'distribution.yaml'], { cwd: folder.path });

  expect(code).toBe(1);
  expect(stdout).toMatch(/^distribution\.yaml:\d+:\d+: taxonomy\.failureModes\.0\.says\.0: has a gap that is not 1 to 8 words — /);
});
