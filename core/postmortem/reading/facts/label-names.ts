import { lazily } from '../../../shared/lazily.ts';
import { squeezeName } from '../field-names.ts';
import { findField } from '../sent-fields.ts';

/**
 * Names that labels, table cells and headings of values have in a body, besides those of
 * field-names.ts. To add a language, add a row. Names are compared as in field-names.ts.
 */
const rows: readonly { readonly language: string; readonly names: Readonly<Record<string, string>> }[] = [
  {
    language: 'English',
    names: {
      title: 'incident title, issue title, title of incident',
      incidentId: 'incident no, incident key, incident reference, incident ref, incident #',
      severity: 'severity rating, severity classification, incident priority, severity of incident, incident level, impact level',
      status: 'incident status, resolution status',
      services: `affected service, service affected, service name, services involved, impacted service, services impacted, affected systems,
        systems affected, affected system, impacted systems, systems impacted, systems, system, affected components, components affected,
        component, impacted components, impacted infrastructure, affected infrastructure, business service, products affected, affected product, service(s) affected, affected application, affected applications,
        this incident affected`,
      owningTeam: 'owning team, responsible team, team responsible, service owner team',
      authors: 'report author, report authors, prepared by, author(s), document author, postmortem author, postmortem authors',
      startedAt: `period, time period, incident period, when it happened, when did it happen, started at, started on, time started, date started, began, began at, begins, beginning, start of incident, start of impact,
        start of outage, incident began, incident started, incident started at, incident start time, incident start date, incident start date time,
        outage start, outage start time, outage started, outage began, from, impact began, impact started, impact start time, impact start date, onset,
        date of incident, time of incident, date of outage, outage date, event date, date of event, occurred, occurred on, date occurred,
        happened on, incident window, impact window, window of impact, time window, incident date time, incident time, impact time, time of impact, outage begin, outage window, date and time, date time, time, when, time of occurrence, incident dates, date(s)`,
      detectedAt: `detected at, detected on, detection date, time of detection, first detected, first detected at, discovered, discovered at,
        time discovered, discovery time, incident detected, incident detected at, first alert`,
      mitigatedAt:
        'mitigated at, mitigated on, mitigation date, impact mitigated, impact mitigated at, time of mitigation, incident mitigated',
      resolvedAt: `resolved at, outage ends, resolved on, resolution date, resolution date time, date resolved, time of resolution, incident resolved,
        incident resolved at, incident ended, incident ended at, incident end time, incident end date, outage end, outage end time, outage ended,
        impact ended, impact end time, impact end date, end of impact, end of incident, end of outage, service restored, restored, restored at,
        recovered, recovered at, recovery time, until, finished, finish, finish time, fixed at, over, all over`,
      publishedAt: `date of publication, posted on, posted, first published, report published, report first published, final pir published,
        final pir published on, pir published, postmortem published, postmortem published on`,
      customersAffected:
        'number of customers affected, number of users affected, impacted customers, impacted users, users impacted, customers affected count',
      contact: 'support contact, contact for support, whom to ask, who to ask',
      nextNewsAt: 'next update, next update at, next status update, next communication',
      regions: 'affected regions, regions affected, affected region, region affected, impacted regions, impacted region',
      noted: `total duration, incident duration, outage duration, impact duration, duration of impact, duration of outage, time to detect,
        time to mitigate, time to resolve, reviewed by, approved by, reviewer, document version, mttr, mttd`,
    },
  },
  {
    language: 'German',
    names: {
      title: 'Titel',
      severity: 'Schweregrad, Schwere, Priorität, Dringlichkeit, Störungsklasse, Störungspriorität, Prio, Ernst',
      status: 'Zustand, Bearbeitungsstand, Dokumentenstatus',
      services:
        'Betroffene Dienste, Betroffener Dienst, Betroffener Service, Betroffene Systeme, Betroffenes System, Dienste, Dienst, Betroffene Services',
      owningTeam: 'Verantwortliches Team, Zuständiges Team',
      authors: 'Autor, Autoren, Autorin, Verfasser, Verfasserin, Erstellt von',
      startedAt: 'Beginn, Anfang, Startzeit, Störungsbeginn, Datum, Zeitpunkt, Zeitraum, Wann, Von, Ereignisdatum, Uhrzeit',
      detectedAt: 'Erkannt, Erkannt am, Entdeckt, Zeitpunkt der Erkennung',
      resolvedAt: 'Ende, Endzeit, Störungsende, Behoben, Behoben am, Gelöst, Wiederhergestellt, Wiederherstellung, Entstört',
      publishedAt: 'Veröffentlicht, Veröffentlicht am, Veröffentlichung, Datum der Veröffentlichung, Veröffentlichungsdatum',
      customersAffected: 'Betroffene Kunden, Betroffene Nutzer',
      regions: 'Regionen, Betroffene Regionen',
      noted: 'Dauer, Ausfalldauer',
    },
  },
  {
    language: 'French',
    names: {
      title: 'Titre',
      severity: 'Gravité, Sévérité, Criticité, Niveau de gravité, Priorité',
      status: 'Statut, État',
      services:
        'Services touchés, Services affectés, Services concernés, Service touché, Service affecté, Service concerné, Services impactés, Service impacté',
      owningTeam: 'Équipe, Équipe responsable',
      authors: 'Auteur, Auteurs, Autrice, Rédigé par, Rédacteur',
      startedAt: 'Début, Heure de début, Date de début, Date et heure, Quand, Période, Survenu le, Date de survenue',
      detectedAt: 'Détecté, Détecté à, Détection à, Heure de détection',
      resolvedAt: 'Fin, Heure de fin, Date de fin, Résolu, Résolu à, Résolu le, Rétabli, Rétabli à, Rétablissement',
      publishedAt: 'Publié, Publié le, Date de publication, Publication',
      customersAffected: 'Clients touchés, Clients affectés, Utilisateurs touchés',
      regions: 'Régions, Régions touchées',
      noted: 'Durée',
    },
  },
  {
    language: 'Spanish',
    names: {
      title: 'Título, Titulo',
      severity: 'Severidad, Gravedad, Criticidad, Prioridad, Nivel de severidad',
      status: 'Estado',
      services: 'Servicios afectados, Servicio afectado, Servicios, Servicio, Sistemas afectados',
      owningTeam: 'Equipo, Equipo responsable',
      authors: 'Autor, Autores, Autora, Elaborado por, Responsable',
      startedAt:
        'Inicio, Hora de inicio, Fecha de inicio, Fecha, Fecha y hora, Fecha y hora de inicio, Comienzo, Cuándo, Cuándo ocurrió, Período',
      detectedAt: 'Detectado, Hora de detección, Detectado a las',
      resolvedAt: 'Fin, Hora de fin, Fecha de fin, Fecha y hora de fin, Resuelto, Finalización, Restablecido, Restablecimiento',
      publishedAt: 'Publicado, Publicado el, Fecha de publicación, Publicación',
      customersAffected: 'Clientes afectados, Usuarios afectados',
      regions: 'Regiones, Regiones afectadas',
      noted: 'Duración',
    },
  },
  {
    language: 'Portuguese',
    names: {
      severity: 'Severidade, Gravidade, Criticidade, Prioridade',
      status: 'Situação, Estado',
      services: 'Serviços afetados, Serviço afetado, Serviços, Serviço, Sistemas afetados',
      owningTeam: 'Equipe, Equipa, Time responsável',
      authors: 'Autor, Autores, Autora, Elaborado por',
      startedAt: 'Início, Hora de início, Data de início, Data, Data e hora, Data e hora de início, Quando, Quando ocorreu, Período',
      detectedAt: 'Detectado, Detectado em, Hora da detecção',
      resolvedAt:
        'Fim, Término, Hora de término, Data de término, Data e hora de término, Resolvido, Resolvido em, Normalização, Restabelecido',
      publishedAt: 'Publicado, Publicado em, Data de publicação, Publicação',
      customersAffected: 'Clientes afetados, Usuários afetados',
      regions: 'Regiões, Regiões afetadas',
      noted: 'Duração',
    },
  },
  {
    language: 'Italian',
    names: {
      title: 'Titolo',
      severity: 'Gravità, Severità, Priorità',
      status: 'Stato',
      services:
        'Servizi interessati, Servizi coinvolti, Servizio interessato, Servizi, Servizio, Sistemi interessati, Sistemi coinvolti, Sistemi',
      authors: 'Autore, Autori, Redatto da',
      startedAt: 'Inizio, Ora di inizio, Data di inizio, Data, Data e ora, Quando, Periodo',
      detectedAt: 'Rilevato, Rilevato alle',
      resolvedAt: 'Fine, Ora di fine, Data di fine, Risolto, Risolto alle, Ripristino, Ripristinato',
      publishedAt: 'Pubblicato, Pubblicato il, Data di pubblicazione',
      customersAffected: 'Clienti interessati, Utenti interessati',
      noted: 'Durata',
    },
  },
  {
    language: 'Dutch',
    names: {
      severity: 'Ernst, Prioriteit, Urgentie, Prio',
      status: 'Stand',
      services:
        'Getroffen systemen, Getroffen systeem, Getroffen diensten, Betrokken systemen, Betrokken diensten, Systemen, Systeem, Diensten, Dienst',
      owningTeam: 'Verantwoordelijk team',
      authors: 'Auteur, Auteurs, Opgesteld door',
      startedAt: 'Begin, Start, Aanvang, Begintijd, Starttijd, Begindatum, Startdatum, Datum, Datum en tijd, Tijdstip, Wanneer, Periode',
      detectedAt: 'Ontdekt, Gedetecteerd, Gemeld',
      resolvedAt: 'Einde, Eindtijd, Einddatum, Opgelost, Opgelost om, Hersteld, Hersteld om',
      publishedAt: 'Gepubliceerd, Gepubliceerd op, Publicatiedatum, Datum van publicatie',
      customersAffected: 'Getroffen klanten, Getroffen gebruikers',
      noted: 'Duur',
    },
  },
  {
    language: 'Swedish, Danish and Norwegian',
    names: {
      severity: 'Allvarlighetsgrad, Prioritet, Alvorlighetsgrad, Alvorlighed',
      services: 'Berörda system, Berörda tjänster, Berørte systemer, Berørte tjenester',
      startedAt: 'Starttid, Startdatum, Början, Starttidspunkt',
      resolvedAt: 'Slut, Sluttid, Slutdatum, Slutt, Løst, Åtgärdat',
      publishedAt: 'Publicerad, Publiceret, Publisert',
    },
  },
  {
    language: 'Polish',
    names: {
      severity: 'Priorytet, Poziom ważności, Ważność',
      services: 'Dotknięte usługi, Dotknięte systemy, Usługi',
      startedAt: 'Początek, Rozpoczęcie, Czas rozpoczęcia, Data rozpoczęcia, Data',
      resolvedAt: 'Koniec, Zakończenie, Czas zakończenia, Data zakończenia, Rozwiązano',
      publishedAt: 'Opublikowano, Data publikacji',
    },
  },
  {
    language: 'Japanese',
    names: {
      severity: '重大度, 深刻度, 重要度, 影響度, 優先度',
      status: 'ステータス, 状態, 状況',
      services:
        '影響サービス, 対象サービス, 影響を受けたサービス, サービス, 対象システム, 影響システム, 影響範囲のシステム, 影響を受けたシステム',
      owningTeam: 'チーム, 担当チーム',
      authors: '作成者, 記入者, 報告者, 執筆者',
      startedAt: '開始, 開始時刻, 開始日時, 発生, 発生日時, 発生時刻, 発生日, 日付, 日時, 発生期間',
      detectedAt: '検知, 検知日時, 検知時刻',
      resolvedAt: '終了, 終了時刻, 終了日時, 復旧, 復旧日時, 復旧時刻, 解決日時, 解決時刻, 収束日時',
      publishedAt: '公開日, 公開日時, 掲載日',
      regions: 'リージョン, 影響リージョン',
      noted: '期間, 所要時間, 影響時間, 障害時間',
    },
  },
  {
    language: 'Chinese',
    names: {
      severity: '严重程度, 严重级别, 严重性, 級別, 级别, 故障等级, 故障级别, 事件级别, 嚴重程度, 優先級, 优先级',
      status: '状态, 狀態',
      services: '影响服务, 受影响服务, 受影响的服务, 受影响产品, 受影響服務, 影響服務, 服务, 涉及服务, 涉及系统, 影响系统, 受影响系统',
      owningTeam: '团队, 負責團隊, 负责团队',
      authors: '作者, 撰写人, 報告人, 报告人',
      startedAt: '开始时间, 发生时间, 故障时间, 開始時間, 發生時間, 日期, 时间, 开始, 发生, 发生日期',
      detectedAt: '发现时间, 發現時間, 检测时间',
      resolvedAt: '结束时间, 恢复时间, 解决时间, 結束時間, 恢復時間, 结束, 恢复, 服务恢复时间',
      publishedAt: '发布日期, 发布时间, 發布日期',
      regions: '受影响区域, 影响区域, 地域',
      noted: '持续时间, 時長, 时长, 故障时长',
    },
  },
  {
    language: 'Korean',
    names: {
      severity: '심각도, 중요도, 등급, 우선순위, 심각도 등급',
      status: '상태',
      services: '영향 서비스, 영향받은 서비스, 서비스, 영향 시스템, 영향받은 시스템',
      owningTeam: '팀, 담당 팀',
      authors: '작성자',
      startedAt: '시작, 시작 시간, 시작 시각, 시작 일시, 발생, 발생 시각, 발생 시간, 발생 일시, 날짜, 일시',
      detectedAt: '감지 시각, 감지 시간, 인지 시각',
      resolvedAt: '종료, 종료 시간, 종료 시각, 종료 일시, 복구, 복구 시각, 복구 시간, 복구 일시, 해결, 해결 시각, 해결 일시',
      publishedAt: '게시일, 발행일, 공개일',
      noted: '지속 시간, 장애 시간',
    },
  },
];

const known = lazily(
  () =>
    new Map(
      rows.flatMap(({ names }) =>
        Object.entries(names).flatMap(([field, several]) => several.split(',').map((name) => [squeezeName(name), field] as const)),
      ),
    ),
);

/** The field that a label in a body stands for. */
export const findLabel = (name: string): string | undefined =>
  findField(name) ?? known().get(squeezeName(name)) ?? ofIncident(name) ?? ofDocument(name);

/** "Beginn der Störung", "장애 발생", "fecha del incidente": what is named of the incident. */
const incidentWords = `incident|outage|disruption|event|problem|impact|störung|vorfalls?|ausfalls?|ereignis|ereignisses|
  panne|évènement|événement|incidente|interrupción|evento|caída|interrupção|falha|disservizio|storing|incidents?|verstoring|uitval`.replace(
  /\s+/g,
  '',
);
const linkWords = "of(?: the)?|des|der|de la|de l['’]|del|della|dell['’]|du|do|da|van de|van het|van";
const behind = new RegExp(`^(.{2,40}?)\\s+(?:${linkWords})\\s*(?:${incidentWords})$`, 'iu');
const before = /^(?:störungs?|ausfalls?|vorfalls?|ereignis|storings?|障害|故障|事故|장애|사고)[\s-]*(.{1,30})$/iu;
/** "Datum storing", "Date incident": without a word between. */
const directlyBehind =
  /^(.{2,40}?)\s+(?:incident|outage|störung|vorfall|ausfall|panne|incidente|disservizio|storing|verstoring|uitval|incidenten?|avbrott|nedbrud|awarii?|incydentu?)$/iu;
const namedOfIncident = new Set(['severity', 'startedAt', 'detectedAt', 'mitigatedAt', 'resolvedAt', 'services']);

function ofIncident(name: string): string | undefined {
  const part = behind.exec(name)?.[1] ?? before.exec(name)?.[1];
  const field = fieldOfPart(part);
  if (field !== undefined) return namedOfIncident.has(field) ? field : undefined;
  const direct = fieldOfPart(directlyBehind.exec(name)?.[1]);
  return direct !== undefined && direct !== 'services' && namedOfIncident.has(direct) ? direct : undefined;
}

const fieldOfPart = (part: string | undefined): string | undefined =>
  part === undefined ? undefined : (findField(part) ?? known().get(squeezeName(part)));

/** "Status des Berichts", "Estado del documento": the state of the document. */
const stateOfDocument =
  /^(?:(status|state|stand|zustand|estado|statut|état|stato)(?:\s+(?:of(?: the)?|des|del?|dell['’]|du|do|van het|van de))?\s*(?:documents?|reports?|post-?mortems?|berichts?|dokuments|documento|informe|rapport|relatório|rapporto)|(?:document|dokument|bericht|rapport|report)(?:en)?s?[\s-]?status|(?:复盘|復盤|报告|報告|文档|文件|報告書|文書|レポート|ドキュメント|보고서|문서)\s?(?:的|の)?\s?(?:状态|狀態|状態|ステータス|상태))$/iu;
const ofDocument = (name: string): string | undefined => (stateOfDocument.test(name) ? 'status' : undefined);

/** Labels of a day that may be that of the document, in any of these languages. */
const dates = new Set(['date', 'dates', 'datum', 'fecha', 'data', '日付', '日期', '날짜'].map(squeezeName));
export const isBareDate = (name: string): boolean => dates.has(squeezeName(name));

/** The words of Statuspage for the impact of an incident. */
export const isGradeOfStatusPage = (value: string): boolean => /^(?:minor|major|critical)$/i.test(value.trim());
