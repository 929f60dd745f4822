import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aStage, type Json, testDistribution, the } from '../support/stage-under-test.ts';

const heading = 'notice-not-approved';
const alarmsOf = (distribution: string) =>
  aStage('production', { distribution })
    .all('AWS::CloudWatch::Alarm')
    .filter(({ properties }: Json) => properties.AlarmName.endsWith(`-${heading}`));

it('rings at once where approvers let mails go to customers, and stands nowhere else', () => {
  const approvers =
    '  customer-notices:\n    approvers: [{ address: ruth@fabrikam.example }, { address: tom@fabrikam.example }, { address: una@fabrikam.example }]\n';
  const path = join(mkdtempSync(join(tmpdir(), 'with-approvers-')), 'distribution.yaml');
  writeFileSync(path, `${readFileSync(testDistribution, 'utf8').trimEnd()}\n${approvers}`);

  const { properties } = the(alarmsOf(path));
  const runbook = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  expect(properties).toMatchObject({ EvaluationPeriods: 1, Threshold: 0 });
  expect(runbook).toContain(`\n### ${heading}\n\n**Meaning.** ${properties.AlarmDescription.split(' See docs/operations.md')[0]}`);
  expect(alarmsOf(testDistribution)).toEqual([]);
});
