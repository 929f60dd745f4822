import type { Postmortem } from '../postmortem/postmortem.ts';

/** The document in reading order; what is empty has no section. */
export function engineeringSections(pm: Postmortem): { heading: string; body: string }[] {
  const { customerImpact, lessons } = pm;
  const known = [
    { heading: 'Summary', body: pm.summary },
    { heading: 'Impact', body: customerImpact?.text },
    { heading: 'Root causes', body: listed(pm.rootCauses) },
    { heading: 'Trigger', body: pm.trigger },
    { heading: 'Contributing factors', body: listed(pm.contributingFactors) },
    { heading: 'Detection', body: pm.detection },
    { heading: 'Resolution', body: pm.resolution },
    { heading: 'What went well', body: listed(lessons?.wentWell) },
    { heading: 'What went wrong', body: listed(lessons?.wentWrong) },
    { heading: 'Where we got lucky', body: listed(lessons?.gotLucky) },
    ...pm.sections,
  ];
  return known.flatMap(({ heading, body }) => (body ? [{ heading, body }] : []));
}

/** One entry stands as it is; several become a list, their own paragraphs and lists indented under them. */
function listed(texts: readonly string[] | undefined): string | undefined {
  if (!texts || texts.length === 0) return undefined;
  if (texts.length === 1) return texts[0];
  return texts.map((text) => `- ${text.replaceAll('\n', '\n  ')}`).join('\n');
}
