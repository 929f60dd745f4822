import type { SecretFinder } from '../../core/notice/ports.ts';

/**
 * Finds secrets by the recommended rules of secretlint. It is loaded when the first text is read,
 * so that a function which mostly reads none starts as fast as before.
 */
export const secretlintFinder = (): SecretFinder => {
  let loading: ReturnType<typeof load> | undefined;
  return {
    async find(text) {
      loading ??= load();
      const { lintSource, rules } = await loading;
      const { messages } = await lintSource({
        source: { content: text, filePath: 'notice.md', ext: '.md', contentType: 'text' },
        options: { locale: 'en', maskSecrets: false, noPhysicFilePath: true, config: { rules } },
      });
      return messages
        .filter(({ type }) => type === 'message')
        .map(({ range: [from, to], ruleId }) => ({ found: text.slice(from, to), what: ruleId }));
    },
  };
};

async function load() {
  const [{ lintSource }, { creator }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  return { lintSource, rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, options: {} }] };
}
