import { HtmlValidate } from 'html-validate';

/**
 * Mail must work in programs up to twenty years old, so it has tables with attributes, and inline
 * styles in place of a stylesheet.
 */
const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    'no-deprecated-attr': 'off',
    'no-inline-style': 'off',
    'attribute-boolean-style': 'off',
    'attr-case': 'off',
    'doctype-style': 'off',
    'void-style': 'off',
    'presentation-role-style': 'off',
    'prefer-native-element': 'off',
    'no-conditional-comment': 'off',
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
  },
});

/** The faults in a mail's HTML: rule, message and place. */
export async function faultsOf(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`));
}
