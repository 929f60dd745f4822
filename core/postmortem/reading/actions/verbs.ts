/** Words with which a promise begins, in the languages in which a verb stands first. */
const verbs = new Set(
  (
    'add adjust alert allow analyse analyze archive assign audit automate avoid block build bump cache change check clarify clean cleanup configure consider consolidate correct ' +
    'create cut decide decommission decouple define delete deploy deprecate design disable discuss document drop educate enable enforce enhance ensure escalate establish evaluate ' +
    'expand explore expose extend extract file find finish fix follow force get give harden have identify implement improve include increase inform instrument integrate introduce ' +
    'investigate isolate keep learn let limit log look lower maintain make mark measure merge migrate mitigate monitor move notify offer optimise optimize page patch pin plan ' +
    'prepare prevent prioritise prioritize protect provide provision publish put raise rebuild reconsider record redesign reduce refactor refuse reject release remind remove rename ' +
    'repair replace replicate require research resize restore restrict rethink retire return review revise revisit rewrite roll rotate run scale schedule separate set setup share ' +
    'ship shorten show simplify split stop store strengthen support switch tell test throttle tighten track train transition tune turn update upgrade use validate verify warn watch write'
  ).split(' '),
);
export const beginsWithVerb = (title: string): boolean => verbs.has((/^[\p{L}-]+/u.exec(title)?.[0] ?? '').toLowerCase());
