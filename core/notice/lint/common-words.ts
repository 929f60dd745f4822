/**
 * Words of everyday English that are also names. Where one stands in lower case, or begins a
 * sentence, it is most likely the word.
 */
export const commonWords: ReadonlySet<string> = new Set(
  `amber anchor anvil apollo april archer arrow art ash atlas august aurora autumn avalanche baker banks barn beacon bell berry bill birch
  bird bishop black blue bolt boom brook brooks brown bridge bright burn bush butler carpenter carter chance chase church clay cliff cloud
  cole comet cook cooper copper coral cross crystal dash dawn day days dean delta drew duke dusk eagle early echo ember emerald faith falcon
  field fields finch fire firefly fisher flint flower fool forest fox frank frost gale gardener gem glacier gold good grace grant gray
  green hall hammer harbor harbour hawk heath hill hills holiday holly hope horizon house hunter iris iron ivory ivy jack jade january jasmine
  joy judge june jupiter key king knight lake lane lark law lee light lighthouse lightning lily lion lock long major mark marigold marsh mars
  martin mason may meadow mercury mike mill miller mirror monday moon moore moss mountain nail neptune new noble north oak ocean olive
  onyx orange orchid orion osprey otter page park parks pat pearl penny phoenix piper poppy porter post potter power price prices prince
  pulse quick rainbow raven ray rays reed rich river rivers robin rock rose rowan ruby rush saffron sage sail sailor sandy saturn sharp
  shepherd silver sky small smith snow south spark sparrow spring sprint star stars steel stone storm strong summer summers summit sun
  sunday sunrise swan swift thorn thunder tiger titan tower trinity turner vale venus violet walker wall ward wave weaver wells west
  alphabet ally block box branch buffer chase compass discover drift element front gap gong intercom liberty linear loom medium meta mint nest
  notion oracle progressive ramp ring root shell signal slack square stripe target unity visa workday zoom
  white wild will willow winter winters wise wolf wood woods young`.split(/\s+/),
);
