/** What stands in a field that has no value yet. */
export const isFiller = (text: string): boolean => fillers.has(fold(text)) || /^[\s\p{P}\p{S}]*$/u.test(text);

/** Removes case, apostrophes and the difference between hyphens and blanks. */
export const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’'`*]/g, '')
    .replace(/[\s_/.-]+/g, ' ')
    .trim();

const fillers = new Set(
  [
    'n/a',
    'na',
    'none',
    'tbd',
    'tba',
    'tbc',
    'unknown',
    'not known',
    'unassigned',
    'nobody',
    'no owner',
    'no one',
    'no date',
    'to be determined',
    'to be decided',
  ]
    .concat(
      [
        'to be defined',
        'not set',
        'open',
        'keine',
        'keiner',
        'offen',
        'unbekannt',
        'noch offen',
        'aucun',
        'aucune',
        'à définir',
        'ninguno',
        'por definir',
        'a definir',
        'nenhum',
      ],
      ['nessuno', 'da definire', 'geen', 'なし', '未定', '无', '無', '待定', '없음', '미정'],
    )
    .map(fold),
);

/**
 * Words that a template left for the author to replace: `<action>`, `{{ owner }}`, `[Owner]`, `…`.
 */
export const isPlaceholder = (text: string): boolean =>
  /^(?:<[^<>]{0,80}>|\{\{?[^{}]{0,80}\}?\}|\[(?:action|owner|name|date|title|task|due|item|status|description|team|assignee|link|insert)\b[^\][]{0,60}\]|yyyy-mm-dd|dd\/mm\/yyyy|mm\/dd\/yyyy)$/i.test(
    text.trim(),
  );
