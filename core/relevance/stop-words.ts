/** Words that say nothing of what failed: English ones, and those of every postmortem. */
export const stopWords: ReadonlySet<string> = new Set(
  `a about above after again against all almost alone along already also although always am among an and another any anybody
  anything are as at away back be became because become been before began behind being below between both but by came can cannot
  could did do does doing done down during each either else enough even every everybody everything few first for found from
  further gave get give go goes got had has have having he her here him his how however i if in instead into is it its itself
  just keep kept knew know last later least less let like made make many may me might more most much must my near nearly never new next no
  nobody nor not nothing now of off often on once one only onto or other others our out over own per perhaps put quite rather
  same saw say see seen several she should since so some somebody something soon still such take taken than that the their them
  then there these they thing this those though three through to together too took toward two under until up upon us use used
  uses using very via was way we well went were what when where whether which while who whole whom whose why will with within
  without would yet you your
  minute hour day week month year time utc pst pdt january february march april june july august september october november
  december monday tuesday wednesday thursday friday saturday sunday
  incident outage postmortem problem issue cause root impact summary team engineer customer service action affected`
    .split(/\s+/)
    .filter(Boolean),
);
