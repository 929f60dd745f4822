import { describe, expect, it } from 'vitest';
import { english } from '../../../../../core/postmortem/reading/headings/english.ts';
import { headingReader } from '../../../../../core/postmortem/reading/headings/heading-map.ts';

const meaningAndRemark = (heading: string) => {
  const { meaning, remark } = headingReader()(heading) ?? {};
  return meaning === undefined
    ? 'text'
    : [meaning.to, ...(meaning.section === undefined ? [] : [meaning.section]), ...(remark === undefined ? [] : [remark])].join(' | ');
};

describe('a heading', () => {
  it.each([
    ['What happened?', 'summary'],
    ['What went wrong and why?', 'rootCauses'],
    ['How did we respond?', 'resolution'],
    ['How are we making incidents like this less likely or less impactful?', 'actionItems'],
    ['How can customers make incidents like this less impactful?', 'section'],
    ['Why did it happen?', 'rootCauses'],
    ['Why', 'rootCauses'],
    ['What did we learn?', 'lessons'],
    ['Who was affected', 'impactText'],
    ['What we will do', 'actionItems'],
    ['Chronology', 'timeline'],
    ['Investigation', 'rootCauses'],
    ['Prevention', 'actionItems'],
    ['Remediation', 'resolution'],
    ['Diagnosis', 'rootCauses'],
    ['Background', 'section'],
    ['Key takeaways', 'lessons'],
    ['Resulting actions', 'actionItems'],
    ['Impact on users', 'impactText'],
    ['Follow-up improvements', 'actionItems'],
    ['Proposal Improvements', 'actionItems'],
    ['Summary of the incident', 'summary'],
    ['Timeline of the outage', 'timeline'],
    ['The incident timeline', 'timeline'],
    ['Post-incident actions', 'actionItems'],
    ['Proposed action items', 'actionItems'],
    ['Detailed timeline', 'timeline'],
    ['Cause(s)', 'rootCauses'],
    ['3. Root Cause', 'rootCauses'],
    ['🔥 Root cause 🔥', 'rootCauses'],
    ['Root Cause Analysis (RCA)', 'rootCauses'],
    ['Root cause(s) and trigger(s)', 'rootCauses'],
    ['Root causes and trigger', 'rootCauses'],
    ['Lessons & Action Items', 'actionItems'],
    ['Detection and response', 'detection'],
    ['Impact / Detection', 'impactText'],
    ['Root cause: a full disk', 'rootCauses | a full disk'],
    ['Root cause – a full disk', 'rootCauses | a full disk'],
    ['Timeline (all times CET)', 'timeline | (all times CET)'],
    ['Financial impact', 'section | impact'],
    ['Internal message', 'section | internal'],
  ])('"%s" is %s', (heading, expected) => {
    expect(meaningAndRemark(heading)).toBe(expected);
  });

  it.each([
    'Are installations affected?',
    'Weather',
    'Impactful people',
    'Detection team',
    'Timelines are hard to keep',
    'Summary judgement and detection of fraud',
    '13:40 - Resolution',
    '2026-11-17 10:00 Detection',
    'Reading',
    '',
    '🔥',
  ])('"%s" stays text', (heading) => {
    expect(meaningAndRemark(heading)).toBe('text');
  });

  it('has each name once, so that the order of the rows decides nothing', () => {
    const names = english.rows.flatMap(({ field, names }) =>
      names.map((name) => ({ field, name: name.toLowerCase().replace(/[^a-z0-9]/g, '') })),
    );
    const twice = names.filter(({ name, field }) => names.some((other) => other.name === name && other.field !== field));
    expect(twice).toEqual([]);
  });
});
