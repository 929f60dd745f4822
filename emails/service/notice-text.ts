import { slots } from '../../core/mail/fragments.ts';
import { paragraphs, underlined, wrapped } from '../text-layout.ts';
import type { ServiceWords } from './service-words.ts';

export const noticeText = ({ heading, said, button, after }: ServiceWords): string =>
  paragraphs(underlined(heading, '-'), ...said.map(wrapped), `${button}:\n${slots.action}`, wrapped(after));

export const serviceFooterText = ({ why, offersChoices }: ServiceWords): string =>
  [`-- \n${wrapped(why)}\n`, ...(offersChoices ? [`Choose what you get: ${slots.preferences}\n`] : [])].join('\n');
