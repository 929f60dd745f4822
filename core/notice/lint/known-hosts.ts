export const inside = ['internal', 'local', 'corp', 'lan', 'svc', 'intra', 'intranet', 'private', 'home.arpa', 'localdomain', 'consul'];
export const trackers =
  `atlassian.net jira.com linear.app asana.com trello.com youtrack.cloud shortcut.com monday.com clickup.com notion.so notion.site
  basecamp.com height.app productboard.com aha.io dev.azure.com visualstudio.com pagerduty.com opsgenie.com incident.io rootly.com firehydrant.io
  victorops.com sentry.io datadoghq.com datadoghq.eu grafana.net newrelic.com splunkcloud.com honeycomb.io kibana.cloud elastic-cloud.com
  docs.google.com drive.google.com sheets.google.com sharepoint.com onedrive.live.com dropbox.com box.com coda.io airtable.com miro.com figma.com
  lucid.app loom.com quip.com slab.com guru.com zendesk.com salesforce.com force.com hubspot.com service-now.com freshdesk.com
  console.aws.amazon.com signin.aws.amazon.com portal.azure.com console.cloud.google.com okta.com 1password.com`.split(/\s+/);
export const chats =
  `slack.com slack-edge.com teams.microsoft.com teams.live.com chat.google.com mattermost.com discord.com discordapp.com zulipchat.com
  rocket.chat web.whatsapp.com chat.whatsapp.com t.me`.split(/\s+/);
export const meetings =
  'zoom.us zoom.com meet.google.com webex.com whereby.com gotomeeting.com gotomeet.me meet.jit.si around.co chime.aws bluejeans.com calendly.com'.split(
    ' ',
  );
export const codeHosts = 'github.com gitlab.com bitbucket.org gist.github.com raw.githubusercontent.com codeberg.org sr.ht gitea.com'.split(
  ' ',
);
export const shorteners = 'bit.ly t.co tinyurl.com goo.gl ow.ly is.gd lnkd.in buff.ly rb.gy'.split(' ');

/** Labels of hosts that companies have for everybody, for staff, and for either. */
export const forEverybody = new Set(
  `www docs doc developer developers dev-docs api status support help community forum blog news trust security legal privacy app apps cdn js static
  assets img images media download downloads files go my portal account accounts login auth id shop store pay checkout dashboard console www2 m
  learn academy careers jobs about info press feedback survey hilfe aide ayuda kontakt contact service en de fr es eu us uk mail webmail smtp imap
  notices updates changelog release releases sandbox`.split(/\s+/),
);
export const forStaff = new Set(
  `intern internal intranet corp int jira confluence wiki git gitlab github svn jenkins ci cd build grafana kibana prometheus argocd argo vault
  nexus artifactory sonar sentry vpn bastion jump ssh rdp staging stage qa uat preprod backoffice office hr erp crm okta ldap
  ad k8s kube kubernetes cluster db sql mysql postgres redis kafka elastic oncall pager runbook runbooks
  slack mattermost zoom sharepoint postmortem postmortems incidents-internal`.split(/\s+/),
);
export const forEither = new Set(
  'admin alerts calendar chat dev drive log logs meet metrics monitor monitoring sso teams test tickets tracker'.split(' '),
);
/** Pages of such tools for customers: help centres, forms, invitations, registration. */
export const forCustomers =
  /^\/(?:hc(?:\/|$)|servicedesk\/customer\/|support\/(?:home|solutions|tickets\/new)|forms\/d\/e\/|webinar\/|t\/[^/]+\/shared_invite\/|invite\/)/;
/** Schemes behind which a host stands. Behind others, such as `s3`, a name stands. */
export const ofNetworks =
  /^(?:https?|wss?|ftps?|sftp|ssh|git|tcp|udp|tls|grpc|postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|kafka|nats|ldaps?|smtps?|imaps?|memcached|cassandra|clickhouse|elasticsearch|jdbc|odbc|etcd|consul|nfs|smb|rdp|vnc|telnet)$/;
