/** What reviewers and operators read of a review that nobody can sign. */
export const nobodySignsWords =
  'Nobody whom the distribution file names can sign it: each reviewer sent the postmortem, may be among its authors, or is not active any more. An operator can name another reviewer in the file, or waive the review.';
