import type { HttpAnswer } from '../http-answer.ts';

/** A request for a page, by a person or a program. */
export interface PageRequest {
  /** The segments of the path, decoded. A token is `params.token`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** By name. A name that came twice has its first value. */
  readonly cookies: Readonly<Record<string, string>>;
  /** With its query, as it was asked for: `/p/…?saved=1`. It may contain a token. */
  readonly path: string;
  /** The host that the visitor wrote, with its port. Empty if they named none. */
  readonly host: string;
  /** Asks for the headers only, so nobody reads the page. */
  readonly isHead: boolean;
  /** The header If-None-Match. Empty if there is none. */
  readonly ifNoneMatch: string;
  readonly userAgent: string;
  readonly ip: string;
  /** Identifies the request to an operator. */
  readonly requestId: string;
}

/** A submitted form: a person pressed a button, or a mail client sent its one-click request. */
export interface FormPost extends PageRequest {
  readonly form: URLSearchParams;
}

/** One page. `get` cannot change anything, because it gets no form. */
export interface PageRoute {
  /** Below the base of its function, in the notation of the HTTP API: `/p/{token}`. */
  readonly path: string;
  readonly get: (request: PageRequest) => Promise<HttpAnswer>;
  readonly post?: {
    readonly answer: (post: FormPost) => Promise<HttpAnswer>;
    /**
     * The button that has to be pressed. A post from a program that does not know the page does
     * nothing.
     */
    readonly named?: string;
    /** @default 4 KB */
    readonly maxBytes?: number;
    /** Reads files of the form as text; see readForm. */
    readonly files?: true;
    /**
     * Also accepts posts from mail clients, which have no origin and send any body. A body that is
     * not understood counts as an empty form.
     */
    readonly fromAnywhere?: true;
  };
}
