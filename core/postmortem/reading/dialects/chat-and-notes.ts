import type { Dialect } from './dialect.ts';
import { changeText, countOf } from './lines.ts';

const bullet = /^([ \t]*)[•◦▪‣●○■][ \t]*(?=\S)/;
const box = /^([ \t]*)(?:[-*+][ \t]+)?([☐☑☒✓✔✗✘])[ \t]*(?=\S)/;
/** `:rotating_light: *Severity:* Sev 3` */
const emojiLabel =
  /^((?:[ \t]{0,3}(?::[a-z0-9_+-]{2,40}:|\p{Extended_Pictographic}\ufe0f?)){1,3})[ \t]*(?=[*_]{1,2}[^*_\n]{1,60}[*_]{1,2}|[\p{Lu}][\p{L} ]{1,40}:[ \t])/u;
const wikilink = /\[\[(?!_?toc_?\]\])(?=[^\][\n]{0,200}\p{L})([^\][|\n]{1,200})(?:\|([^\][\n]{1,200}))?\]\](?!\()/giu;
/** `Start:: 2026-03-19`, of Obsidian's Dataview. */
const inlineField = /^([ \t]*(?:[-*+>][ \t]+)?)(?:\*\*|__)?([\p{L}][\p{L}\p{N} _-]{0,40})(?:\*\*|__)?::[ \t]+(?=\S)/u;

/**
 * What chats and note-taking programs write into Markdown: bullets and boxes of their own, links
 * between notes, fields, and an emoji before a label. Items with a bullet of their own stand on
 * lines of their own.
 */
export const chatAndNotes: Dialect = {
  recognise: (lines) =>
    countOf(lines, bullet) + countOf(lines, box) >= 2 ||
    countOf(lines, emojiLabel) >= 2 ||
    countOf(lines, inlineField) >= 2 ||
    lines.reduce((sum, line) => sum + (line.includes('[[') ? (line.slice(0, 2000).match(wikilink)?.length ?? 0) : 0), 0) >= 2,
  toMarkdown: (lines) => {
    let isList = false;
    return changeText(lines, (line) => {
      const isItem = bullet.test(line) || box.test(line);
      const begins = isItem && !isList;
      isList = isItem;
      const text = line
        .replace(box, (_, indent: string, sign: string) => `${indent}- ${boxes[sign] ?? sign} `)
        .replace(bullet, '$1- ')
        .replace(emojiLabel, '- ')
        .replace(inlineField, '$1**$2:** ')
        .replace(wikilink, (_, page: string, name?: string) => name ?? page);
      return begins ? ['', text] : [text];
    });
  },
};
const boxes: Readonly<Record<string, string>> = { '☐': '[ ]', '☑': '[x]', '☒': '[x]', '✓': '[x]', '✔': '[x]', '✗': '[-]', '✘': '[-]' };
