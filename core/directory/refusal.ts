import { AfterwordError } from '../shared/errors.ts';

/** The words of RFC 7644, section 3.12, that we use. */
type ScimType = 'invalidFilter' | 'invalidPath' | 'invalidSyntax' | 'invalidValue' | 'mutability' | 'tooMany' | 'uniqueness';

/** A request of a directory that is not carried out. Nothing was changed. */
export class DirectoryRefusal extends AfterwordError {
  override readonly name = 'DirectoryRefusal';
  readonly status: 400 | 403 | 404 | 409 | 412 | 413 | 429;
  readonly scimType: ScimType | undefined;
  readonly detail: string;
  constructor(status: DirectoryRefusal['status'], detail: string, scimType?: ScimType) {
    super(`${status} ${detail}`);
    this.status = status;
    this.detail = detail;
    this.scimType = scimType;
  }
}

export const invalidValue = (detail: string) => new DirectoryRefusal(400, detail, 'invalidValue');
