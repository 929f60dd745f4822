/**
 * The names of months, January first, by language. The forms of one month are separated by bars,
 * months by blanks. Compared without case and accents.
 */
const monthNames = {
  en: 'january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep october|oct november|nov december|dec',
  de: 'januar|janner|jan februar|feber|feb marz|maerz|mrz april|apr mai juni|jun juli|jul august|aug september|sep oktober|okt november|nov dezember|dez',
  fr: 'janvier|janv fevrier|fevr|fev mars avril|avr mai juin juillet|juil aout septembre|sept octobre|oct novembre|nov decembre|dec',
  es: 'enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago septiembre|setiembre|sep octubre|oct noviembre|nov diciembre|dic',
  pt: 'janeiro|jan fevereiro|fev marco|mar abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|set outubro|out novembro|nov dezembro|dez',
  it: 'gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug agosto|ago settembre|sett|set ottobre|ott novembre|nov dicembre|dic',
  nl: 'januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug september|sep oktober|okt november|nov december|dec',
};

/** The names of weekdays, Monday first, written as the months are. */
const weekdayNames = {
  en: 'monday|mon tuesday|tues|tue wednesday|weds|wed thursday|thurs|thur|thu friday|fri saturday|sat sunday|sun',
  de: 'montag dienstag mittwoch donnerstag freitag samstag|sonnabend sonntag',
  fr: 'lundi|lun mardi mercredi|mer jeudi|jeu vendredi|ven samedi|sam dimanche|dim',
  es: 'lunes martes miercoles|mie jueves|jue viernes|vie sabado|sab domingo|dom',
  pt: 'segunda-feira|segunda|seg terca-feira|terca|ter quarta-feira|quarta|qua quinta-feira|quinta|qui sexta-feira|sexta|sex sabado|sab domingo|dom',
  it: 'lunedi martedi mercoledi giovedi venerdi sabato domenica',
  nl: 'maandag dinsdag woensdag donderdag vrijdag zaterdag zondag',
  ja: '月曜日|月曜 火曜日|火曜 水曜日|水曜 木曜日|木曜 金曜日|金曜 土曜日|土曜 日曜日|日曜',
  zh: '星期一|周一|週一 星期二|周二|週二 星期三|周三|週三 星期四|周四|週四 星期五|周五|週五 星期六|周六|週六 星期日|星期天|周日|週日',
  ko: '월요일 화요일 수요일 목요일 금요일 토요일 일요일',
};

const numbered = (names: Readonly<Record<string, string>>): ReadonlyMap<string, number> =>
  new Map(
    Object.values(names).flatMap((all) => all.split(' ').flatMap((forms, i) => forms.split('|').map((form) => [form, i + 1] as const))),
  );

/** 1 for January, by a name without case and accents. */
export const months = numbered(monthNames);
/** 1 for Monday, as ISO 8601 counts. */
export const weekdays = numbered(weekdayNames);

/** Words as one pattern, the longest first. */
export const anyOf = (words: Iterable<string>): string =>
  [...words]
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.+*?^$()[\]{}|\\/]/g, String.raw`\$&`))
    .join('|');

const others: ReadonlyMap<string, string> = new Map([
  ['−', '-'],
  ['。', '.'],
  ['、', ','],
  ['’', "'"],
  ['‘', "'"],
  ['〜', '~'],
  ['【', '['],
  ['】', ']'],
]);

/**
 * Text in lower case, without accents, emphasis and full-width forms. Every character keeps its
 * place.
 */
export function folded(text: string): string {
  return text.replace(/[^a-z0-9 .,:;()'-]/gu, (char) => {
    const plain = fold(char);
    return plain.length === char.length ? plain : char;
  });
}
function fold(char: string): string {
  const other = others.get(char);
  if (other !== undefined) return other;
  if (/[\u2010-\u2015]/.test(char)) return '-';
  if (/[\s*_`\\\u200b]/.test(char)) return ' '.repeat(char.length);
  if (char >= '\uff01' && char <= '\uff5e') return String.fromCharCode(char.charCodeAt(0) - 0xfee0).toLowerCase();
  if (char >= '\u00c0' && char <= '\u024f') return (char.normalize('NFD')[0] ?? char).toLowerCase();
  return char.toLowerCase();
}
