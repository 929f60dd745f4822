import type { HttpAnswer } from '../shared/http-answer.ts';
import type { PagePath } from './env.ts';

/** Somebody, or something, looks at a page. */
export interface PageRequest {
  /** The pieces of the path, decoded; a token is `params.token`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Asks for the headers alone: nobody reads. */
  readonly isHead: boolean;
  readonly userAgent: string;
  readonly ip: string;
  /** Names the request to an operator. */
  readonly requestId: string;
}

/** Somebody pressed a button, or a mail client its own. */
export interface FormPost extends PageRequest {
  readonly form: URLSearchParams;
}

/**
 * One page. What looks at it has no way to change anything, because it gets nothing that was
 * pressed.
 */
export interface PageRoute {
  readonly path: PagePath;
  readonly get: (request: PageRequest) => Promise<HttpAnswer>;
  readonly post?: {
    readonly answer: (post: FormPost) => Promise<HttpAnswer>;
    /**
     * The button that has to be pressed: what a program posts that knows nothing of the page does
     * nothing.
     */
    readonly named?: string;
    /** @default 4 KB */
    readonly maxBytes?: number;
    /**
     * Also from mail clients, which come from nowhere and send what they like: a body that is not
     * understood is an empty form.
     */
    readonly fromAnywhere?: true;
  };
}
