import { AfterwordError } from '../shared/errors.ts';

/** The words of RFC 7644, section 3.12, that we use. */
type ScimType = 'invalidFilter' | 'invalidPath' | 'invalidSyntax' | 'invalidValue' | 'mutability' | 'tooMany' | 'uniqueness';

/**
 * A request of a directory that is not carried out. Nothing was changed. `problem` and `remedy` are
 * whole sentences, for whoever reads the directory's own log: the `detail` of RFC 7644, section
 * 3.12.
 */
export class DirectoryRefusal extends AfterwordError {
  override readonly name = 'DirectoryRefusal';
  readonly status: 400 | 403 | 404 | 409 | 412 | 413 | 429;
  readonly scimType: ScimType | undefined;
  readonly detail: string;
  constructor(status: DirectoryRefusal['status'], problem: string, remedy: string, scimType?: ScimType) {
    const detail = `${problem} ${remedy}`;
    super(`${status} ${detail}`);
    this.status = status;
    this.detail = detail;
    this.scimType = scimType;
  }
}

export const invalidValue = (problem: string, remedy: string) => new DirectoryRefusal(400, problem, remedy, 'invalidValue');
