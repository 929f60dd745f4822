/**
 * The forms in which a time stands at the beginning of an entry. All patterns are compared at a
 * position of a folded text (calendar-words.ts), and none of them is long. To add a form, add a
 * row.
 */
import { anyOf, months, weekdays } from '../moments/calendar-words.ts';

const month = anyOf(months.keys());
const english = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)';
const weekday = anyOf(weekdays.keys());
const year = String.raw`(?:19|20)\d\d(?!\d|:\d)`;
const meridiem = String.raw`(?:[ap]m(?![a-z])|[ap]\.\s?m\.)`;
const halfOfDay = '(?:午前|午後|上午|下午|凌晨|早上|中午|晚上|深夜|未明|오전|오후|새벽|저녁)';
const unit = '(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)(?![a-z])';

const any = (...rows: readonly string[]): RegExp => new RegExp(`(?:${rows.join('|')})`, 'y');

/** `17.11.2026`, `Tuesday, 17 November`, `11月17日（火）`. */
export const day = any(
  String.raw`(?:(?:${weekday})(?![a-z])\.?,?\s{1,2})?(?:${[
    String.raw`\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)`,
    String.raw`\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d\d)(?!\d|:\d)`,
    String.raw`(?:\d{4}\s?[年년]\s?)?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日号號일](?:\s?\([月火水木金土日月월화수목금토일]\))?`,
    String.raw`\d{1,2}\s?-\s?\d{1,2}\s(?:${month})\.?(?![a-z])(?:,?\s${year})?`,
    String.raw`\d{1,2}(?:st|nd|rd|th|er|\.|º)?[\s-]\s?(?:of\s|de\s|d')?(?:${month})\.?(?![a-z])(?:(?:,?[\s-]|\sdel?\s)${year})?`,
    String.raw`(?=${english})(?:${month})\.?\s\d{1,2}\s?-\s?\d{1,2}(?!\d|:)(?:,?\s${year})?`,
    String.raw`(?=${english})(?:${month})\.?[\s-]\d{1,2}(?:st|nd|rd|th)?(?![\d:]|\.\d)(?:,?[\s-]${year})?`,
  ].join('|')})`,
);
/** `11/17`, `17.11.`: days beside a clock or a separator, else they are numbers. */
export const shortDay = any(
  String.raw`\d{1,2}/\d{1,2}(?![\d/%.])(?:\s?\([月火水木金土日월화수목금토일]\))?`,
  String.raw`\d{1,2}\.\d{1,2}\.(?!\d)`,
);
/** A day by a name that says nothing about the calendar. */
export const namedDay = any(
  String.raw`(?:day|tag|jour|dia|giorno|dag)\s\d{1,3}(?!\d)`,
  String.raw`d\s?[+-]\s?\d{1,3}(?![\d:])`,
  String.raw`第?\d{1,3}(?:日目|天|일차)`,
  '(?:同日|翌日|当日|前日|次日|같은 날|다음 날)',
  String.raw`(?:the\s)?(?:next|same|following|previous)\s(?:day|morning|afternoon|evening|night|week)(?![a-z])`,
  `(?:${weekday})(?![a-z])`,
);
/** A month's name that may also be a word, so that "May 4 pods" is no day. */
export const wordMonth = new RegExp(String.raw`(?:^|[\s.-])(?!(?:jan|feb|apr|jun|jul|aug|sep|oct|nov|dec))(?:${month})(?![a-z])`);

export const clock = any(
  String.raw`(?:${halfOfDay}\s?)?\d{1,2}:\d\d(?!\d)(?::\d\d(?:[.,]\d{1,9})?)?(?:\s?${meridiem})?(?:\s?(?:uhr|uur|hrs|hs|h)(?![a-z]))?`,
  String.raw`\d{1,2}\.\d\d\s?(?:${meridiem}|uhr(?![a-z])|h(?![a-z]))`,
  String.raw`(?:[01]\d|2[0-3])\.[0-5]\d(?:\.[0-5]\d)?(?![\d.]|\s?%)`,
  String.raw`\d{1,2}\s?h\s?[0-5]\d(?!\d)(?:\s?m(?:in)?(?![a-z]))?`,
  String.raw`\d{1,2}\s?(?:${meridiem}|uhr(?![a-z])|o'clock)`,
  String.raw`\d{1,2}(?=\s?-\s?\d{1,2}\s?${meridiem})`,
  String.raw`(?:[01]\d|2[0-3])[0-5]\d(?:\s?(?:h|hrs|hours)(?![a-z])|z(?![a-z]))`,
  String.raw`(?:${halfOfDay}\s?)?\d{1,2}\s?(?:時(?!間)|时(?!间)|點|点|시(?!간))(?:\s?\d{1,2}\s?[分분]|半|반)?(?:頃|ごろ|過ぎ|左右|쯤|경)?`,
);
/** `12h`, `noon`: times only in front of a separator. */
export const shortClock = any(
  String.raw`\d{1,2}\s?h(?![a-z\d])`,
  '(?:noon|midday|midnight|mittags?|mitternacht|mediodia|medianoche|midi|minuit|正午)(?![a-z])',
  String.raw`(?:(?:early|late|mid)[\s-])?(?:morning|afternoon|evening|night)(?![a-z])`,
);
/** `1625` may also be a number or a year. */
export const bareClock = any(String.raw`(?:[01]\d|2[0-3])[0-5]\d(?![\d.,%])`);

export const offset = any(
  String.raw`t\s?[+-]\s?\d{1,4}(?::\d\d){0,2}(?:\s?${unit}(?:\s?\d{1,2}\s?${unit})?)?(?![a-z\d])`,
  String.raw`t\s?=?\s?0(?!\d|[:.]\d|[a-z])`,
  String.raw`[+-]\d{1,4}:\d\d(?::\d\d)?(?!\d)(?:\s?h(?![a-z]))?`,
  String.raw`\+\s?\d{1,4}\s?${unit}(?:\s?\d{1,2}\s?${unit})?`,
);
const number = String.raw`(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|several|a few|some|half an)`;
export const relative = any(
  String.raw`(?:(?:about|around|roughly|approximately)\s)?${number}\s(?:seconds?|secs?|minutes?|mins?|hours?|days?|weeks?)\s(?:later|after(?:wards)?|earlier|before)(?![a-z])`,
  String.raw`\d{1,4}\s(?:sekunden?|minuten?|stunden?|tage?)\s(?:spater|danach|zuvor)`,
  String.raw`\d{1,4}\s(?:minutos?|horas?|dias?)\s(?:despues|mas tarde|antes|depois)(?![a-z])`,
  String.raw`\d{1,4}\s(?:minutes?|heures?|jours?)\s(?:plus tard|apres)`,
  String.raw`\d{1,4}\s?(?:分|時間|时|小时|分钟|시간|분)\s?(?:後|后|뒤|후)`,
);
/** Words that are times only in front of a separator. */
export const loose = any(
  '(?:(?:much|slightly)\\s)?(?:later|earlier|meanwhile|afterwards|overnight|immediately)(?:\\s(?:on|after|that day))?(?![a-z])',
  '(?:shortly|soon|right|just)\\s(?:after|before)(?:wards)?(?![a-z])',
  String.raw`(?:hour|minute)\s\d{1,3}(?!\d)`,
  String.raw`[+-]\s?\d{1,4}\s?${unit}`,
);

/** Words and signs in front of a time that belong to it. */
export const before = any(
  String.raw`[~≈±<>@]=?\s{0,2}`,
  String.raw`(?:approx(?:imately)?\.?|about|around|roughly|circa|ca\.?|c\.|at|by|on|from|since|before|after|between|until|till|starting|early|late)\s{1,2}`,
  String.raw`(?:shortly|just|right|soon|some\s?time)\s(?:before|after)\s{1,2}`,
  String.raw`(?:um|ab|gegen|seit|vor|nach|bis|am|zwischen)\s{1,2}`,
  String.raw`(?:a partir de|antes de|despues de|hacia|sobre|alrededor de|desde|hasta|el)\s(?:las?\s)?`,
  String.raw`(?:a|as|por volta das?|antes das?|depois das?|desde|ate)\s(?:las?\s)?`,
  String.raw`(?:vers|a partir de|avant|apres|des|le|alle|ore|verso|om|rond|kl\.?)\s{1,2}`,
  '(?:約|约|大约|약)\\s?',
);
/** What joins a day and the clock behind it. */
export const dayAndClock = any(
  String.raw`t(?=\d)`,
  String.raw`_(?=\d)`,
  String.raw`[\s,]{0,3}(?:[-|@]\s{0,2})?(?:(?:at|um|om|kl\.?|alle|a las|as)\s{1,2})?(?:[~≈]|approx\.?\s|about\s|around\s|ca\.?\s|circa\s|gegen\s|約|约)?\s{0,2}`,
);
export const clockAndDay = any(String.raw`\s{0,2}(?:,\s{0,2}|\s)(?:on\s|am\s|del?\s|le\s)?(?=\S)`);
export const range = any(
  String.raw`\s{0,2}(?:-{1,2}>?|~|→|\.{2,3}|…|から|부터)\s{0,2}~?`,
  String.raw`\s(?:to|until|till|through|bis|as?|ate|and|und|y)\s{1,2}`,
);
export const otherZone = any(String.raw`\s{0,2}[/|(]\s{0,2}`);
/** What may stand behind a time and belongs to it. */
export const remark = any(
  String.raw`\s?\((?:approx(?:imately)?\.?|about|estimated|est\.?|ca\.?|circa|local(?: time)?|next day|same day|\+\d{1,2}\s?d?(?:ays?)?|${weekday}|day \d{1,3}|\?)\)`,
  String.raw`\s?(?:頃|ごろ|前後|左右|쯤|경|무렵)`,
  String.raw`\s(?:approx\.|approximately(?![a-z]))`,
  String.raw`\s?\?(?=\s|:|$)`,
  '-?ish(?![a-z])',
);
/** Behind a number, these say that it is no time. */
export const amount = any(String.raw`\s?(?:minutes?|mins?|seconds?|secs?|ms|hours? of|million|billion|percent)(?![a-z])`, String.raw`\s?%`);
export const utcOffset = any(
  String.raw`\s?(?:utc|gmt)\s?[+-]\s?\d{1,2}(?::?\d\d)?(?!\d)`,
  String.raw`\s?\+\d\d:?\d\d(?!\d)`,
  String.raw`(?:(?<=:\d\d:\d\d(?:\.\d{1,9})?\s?)|(?<=t\d\d:\d\d))-\d\d:?\d\d(?!\d)`,
  String.raw`\s?\((?:utc|gmt)\s?[+-]\s?\d{1,2}(?::?\d\d)?\)`,
);
/** Signs in front of a time that do not belong to it. */
export const opening =
  /(?:\p{Extended_Pictographic}|\p{M}|\p{Emoji_Modifier}|\u200d|[\ufffc\ufff9\s[({"'“「【]|[-•·▪◦‣–—*](?=\s)|:[a-z][a-z0-9_+-]{1,30}:){1,12}/uy;
export const closing = /[\s\])}"'”」】\ufff9]{0,6}/y;
export const separator = /(?:[:|,;=·•>⇒→]|-{1,3}>?(?!\d)|-(?=\d)(?<=\S-))\s{0,3}/y;
