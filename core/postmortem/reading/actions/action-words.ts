import { lazily } from '../../../shared/lazily.ts';
import { fold, isFiller } from './filler-words.ts';

/**
 * The words of action items, by language. To add a word, add it to its row. Words are compared
 * without case, apostrophes, hyphens and extra blanks.
 */

export type ActionState = 'open' | 'in-progress' | 'done' | 'declined';
export type ActionField =
  | 'title'
  | 'id'
  | 'owner'
  | 'team'
  | 'due'
  | 'priority'
  | 'kind'
  | 'status'
  | 'link'
  | 'cost'
  | 'consequence'
  | 'doneOn'
  | 'note';

type ByLanguage = Readonly<Record<string, readonly string[]>>;

/**
 * Names of columns and of labels. If a table has several columns of one field, the earlier name
 * wins.
 */
const fields: Readonly<Record<ActionField, ByLanguage>> = {
  title: {
    en: [
      'action item',
      'action',
      'task',
      'follow up',
      'followup',
      'recommendation',
      'corrective action',
      'preventive action',
      'preventative action',
      'remediation',
      'remediation item',
      'improvement',
      'todo',
      'to do',
      'next step',
      'measure',
      'countermeasure',
      'work item',
      'activity',
      'deliverable',
      'item',
      'title',
      'what',
      'summary',
      'description',
      'ai',
    ],
    de: ['maßnahme', 'massnahme', 'aufgabe', 'aktion', 'beschreibung', 'was'],
    fr: ['action corrective', 'tâche', 'mesure', 'quoi'],
    es: ['acción', 'acción correctiva', 'tarea', 'medida', 'contramedida', 'compromiso', 'descripción', 'qué'],
    pt: ['ação', 'ação corretiva', 'tarefa', 'contramedida', 'descrição', 'o quê', 'o que'],
    it: ['azione', 'azione correttiva', 'attività', 'misura', 'contromisura', 'descrizione', 'cosa'],
    nl: ['actie', 'actiepunt', 'taak', 'maatregel', 'verbeterpunt', 'omschrijving', 'wat'],
    sv: ['åtgärd', 'uppgift', 'aktivitet'],
    da: ['handling', 'tiltag', 'tiltak', 'opgave', 'oppgave'],
    pl: ['działanie', 'zadanie', 'akcja', 'opis działania'],
    cs: ['opatření', 'opatrenie', 'úkol', 'úloha'],
    tr: ['aksiyon', 'eylem', 'önlem', 'görev'],
    ru: ['действие', 'задача', 'мера', 'мероприятие'],
    uk: ['дія', 'завдання', 'захід'],
    ja: ['アクション', 'アクションアイテム', '対策', '再発防止策', '対応', '対応内容', 'タスク', '項目', '内容'],
    zh: ['行动项', '行动', '改进措施', '措施', '任务', '事项', '内容'],
    ko: ['액션 아이템', '조치', '조치 사항', '작업', '할 일', '내용'],
  },
  owner: {
    en: [
      'owner',
      'action owner',
      'task owner',
      'assignee',
      'assigned to',
      'assigned',
      'dri',
      'responsible',
      'responsible person',
      'responsible party',
      'accountable',
      'who',
      'lead',
      'poc',
      'point of contact',
      'contact',
      'person',
    ],
    de: ['verantwortlich', 'verantwortliche', 'verantwortlicher', 'verantw', 'zuständig', 'zust', 'bearbeiter', 'wer'],
    fr: ['responsable', 'propriétaire', 'porteur', 'pilote', 'acteur', 'assigné à', 'qui'],
    es: ['propietario', 'encargado', 'encargada', 'dueño', 'asignado a', 'quién'],
    pt: ['responsável', 'dono', 'atribuído a', 'quem'],
    it: ['responsabile', 'incaricato', 'referente', 'assegnatario', 'proprietario', 'chi'],
    nl: ['actiehouder', 'actienemer', 'verantwoordelijke', 'verantwoordelijk', 'eigenaar', 'wie'],
    sv: ['ansvarig', 'ägare', 'vem'],
    da: ['ansvarlig', 'ejer', 'eier', 'hvem'],
    pl: ['odpowiedzialny', 'odpowiedzialna', 'osoba odpowiedzialna', 'właściciel', 'kto'],
    cs: ['odpovědný', 'odpovědná osoba', 'zodpovídá', 'řešitel', 'vlastník', 'kdo'],
    tr: ['sorumlu', 'sorumlu kişi', 'kim'],
    ru: ['ответственный', 'исполнитель', 'кто'],
    uk: ['відповідальний', 'виконавець', 'хто'],
    ja: ['担当者', '担当', '責任者', 'オーナー'],
    zh: ['负责人', '責任人', '责任人', '負責人'],
    ko: ['담당자', '담당', '책임자'],
  },
  team: {
    en: ['team', 'owning team', 'squad', 'owner team'],
    fr: ['équipe'],
    es: ['equipo'],
    pt: ['equipe', 'equipa'],
    ja: ['担当チーム', 'チーム'],
    zh: ['团队', '團隊'],
    ko: ['담당 팀', '팀'],
  },
  due: {
    en: [
      'due',
      'due date',
      'due by',
      'due on',
      'deadline',
      'by when',
      'until',
      'target date',
      'target',
      'target completion',
      'target completion date',
      'completion target',
      'eta',
      'expected',
      'expected date',
      'expected by',
      'expected completion',
      'expected completion date',
      'estimated completion',
      'finish by',
      'complete by',
      'delivery date',
      'by',
      'when',
      'date',
    ],
    de: ['fällig', 'fällig am', 'fälligkeit', 'frist', 'termin', 'zieltermin', 'bis', 'bis wann', 'wann'],
    fr: ['échéance', 'date limite', 'date cible', 'date prévue', 'délai', 'prévu pour le', 'avant le', 'pour le', 'quand'],
    es: ['fecha límite', 'fecha compromiso', 'fecha objetivo', 'fecha prevista', 'fecha', 'plazo', 'vencimiento', 'para cuándo', 'cuándo'],
    pt: ['prazo', 'data limite', 'vencimento', 'data', 'quando'],
    it: ['scadenza', 'entro', 'entro il'],
    nl: ['uiterlijk', 'streefdatum', 'einddatum', 'gereed op', 'gereed voor', 'wanneer', 'datum'],
    sv: ['senast', 'klart senast', 'slutdatum', 'förfallodatum', 'när'],
    da: ['forfald', 'senest', 'hvornår', 'når'],
    pl: ['termin realizacji', 'do kiedy', 'kiedy'],
    cs: ['termín', 'do kdy', 'kdy'],
    tr: ['son tarih', 'hedef tarih', 'bitiş tarihi', 'ne zaman'],
    ru: ['срок', 'срок исполнения', 'дедлайн', 'когда'],
    uk: ['термін', 'термін виконання', 'строк', 'дедлайн', 'коли'],
    ja: ['期限', '期日', '締切', '締め切り', '納期', '完了予定', '完了予定日', '予定日'],
    zh: ['截止日期', '截止时间', '截止', '截至', '期限', '计划完成时间', '预计完成时间', '日期'],
    ko: ['기한', '마감', '마감일', '완료 예정일', '예정일'],
  },
  priority: {
    en: ['priority', 'prio', 'urgency', 'priority level'],
    de: ['priorität'],
    fr: ['priorité'],
    es: ['prioridad'],
    pt: ['prioridade'],
    it: ['priorità'],
    nl: ['prioriteit'],
    ja: ['優先度', '優先順位'],
    zh: ['优先级', '優先級'],
    ko: ['우선순위'],
  },
  kind: {
    en: ['type', 'kind', 'category', 'action type', 'class', 'prevent mitigate detect'],
    de: ['art', 'typ', 'kategorie'],
    fr: ['catégorie'],
    es: ['tipo', 'categoría'],
    pt: ['categoria'],
    nl: ['soort'],
    ja: ['種別', '種類', '分類', 'カテゴリ'],
    zh: ['类型', '类别', '分类'],
    ko: ['유형', '구분'],
  },
  status: {
    en: ['status', 'state', 'current status', 'progress', 'done', 'complete', 'completed', 'resolved'],
    de: ['stand', 'zustand', 'erledigt', 'fortschritt'],
    fr: ['statut', 'état', 'avancement', 'fait'],
    es: ['estado', 'situación', 'hecho'],
    pt: ['situação', 'feito'],
    it: ['stato', 'avanzamento'],
    nl: ['stand van zaken', 'klaar'],
    sv: ['läge'],
    pl: ['stan'],
    cs: ['stav'],
    tr: ['durum'],
    ru: ['статус', 'состояние'],
    uk: ['стан'],
    ja: ['状態', 'ステータス', '状況', '進捗'],
    zh: ['状态', '狀態', '进度', '進度'],
    ko: ['상태', '진행 상황', '진행상황'],
  },
  link: {
    en: [
      'ticket',
      'tracking',
      'tracker',
      'bug',
      'issue',
      'jira',
      'jira ticket',
      'github issue',
      'linear',
      'ticket link',
      'issue link',
      'tracking issue',
      'tracking ticket',
      'pr',
      'pull request',
      'link',
      'url',
      'reference',
    ],
    de: ['vorgang'],
    fr: ['lien'],
    es: ['enlace'],
    ja: ['チケット', 'リンク', '課題'],
    zh: ['工单', '链接', '单号'],
    ko: ['티켓', '링크', '이슈'],
  },
  id: {
    en: ['id', 'no', 'nr', 'number', 'key', 'action id', 'action item id', 'ref', '#', '№'],
    de: ['nummer', 'lfd nr'],
    fr: ['n°', 'numéro'],
    es: ['número'],
    ja: ['番号'],
    zh: ['编号', '序号'],
    ko: ['번호'],
  },
  doneOn: {
    en: [
      'completed on',
      'completed date',
      'completed at',
      'date completed',
      'completion date',
      'closed on',
      'closed date',
      'date closed',
      'done on',
      'finished',
    ],
    de: ['erledigt am', 'abgeschlossen am'],
    fr: ['terminé le', 'fait le'],
    es: ['completado el', 'fecha de cierre'],
    pt: ['concluído em'],
    ja: ['完了日'],
    zh: ['完成日期', '实际完成时间'],
    ko: ['완료일'],
  },
  note: {
    en: ['note', 'notes', 'comment', 'comments', 'remark', 'remarks', 'details', 'context', 'why', 'reason', 'rationale'],
    de: ['anmerkung', 'bemerkung', 'kommentar'],
    fr: ['commentaire', 'remarque'],
    es: ['comentario', 'comentarios', 'notas'],
    pt: ['comentário', 'observação'],
    ja: ['備考', 'メモ'],
    zh: ['备注', '说明'],
    ko: ['비고'],
  },
  cost: {
    en: [
      'cost',
      'estimated cost',
      'cost estimate',
      'effort',
      'estimated effort',
      'effort estimate',
      'level of effort',
      'estimate',
      'estimation',
      'price',
      'budget',
      'investment',
    ],
    de: ['kosten', 'aufwand', 'geschätzter aufwand', 'aufwandsschätzung', 'schätzung', 'preis'],
    fr: ['coût', 'coût estimé', 'charge estimée', 'prix'],
    es: ['coste', 'costo', 'esfuerzo', 'estimación', 'precio', 'presupuesto'],
    pt: ['custo', 'esforço', 'estimativa', 'preço', 'orçamento'],
    it: ['costo', 'stima', 'impegno', 'prezzo'],
    nl: ['inspanning', 'schatting', 'prijs'],
    sv: ['kostnad'],
    da: ['omkostning'],
    pl: ['koszt', 'nakład pracy'],
    cs: ['náklady'],
    tr: ['maliyet'],
    ru: ['стоимость', 'трудозатраты'],
    uk: ['вартість', 'трудовитрати'],
    ja: ['コスト', '費用', '工数', '見積もり', '見積'],
    zh: ['成本', '费用', '预算', '工作量'],
    ko: ['비용', '공수'],
  },
  consequence: {
    en: [
      'if not done',
      'risk if not done',
      'impact if not done',
      'if we do not',
      'if we dont',
      'if we do nothing',
      'if nothing is done',
      'what if not',
      'without it',
      'cost of inaction',
      'risk of inaction',
      'risk of not doing it',
      'consequence',
      'risk',
    ],
    de: ['wenn nicht', 'falls nicht', 'risiko', 'risiken', 'folge', 'folgen', 'konsequenz', 'konsequenzen'],
    fr: ['si rien nest fait', 'sinon', 'risque', 'conséquence'],
    es: ['si no se hace', 'riesgo', 'consecuencia'],
    pt: ['se não for feito', 'risco', 'consequência'],
    it: ['se non fatto', 'se non si fa', 'rischio', 'conseguenza'],
    nl: ['zo niet', 'risico', 'gevolg', 'gevolgen'],
    sv: ['konsekvens'],
    pl: ['ryzyko'],
    cs: ['riziko'],
    ru: ['риск'],
    uk: ['ризик'],
    ja: ['リスク'],
    zh: ['风险', '后果'],
    ko: ['위험', '리스크'],
  },
};

/** Its values are prose: they may have commas and dashes. */
export const isProse = (field: ActionField): field is 'cost' | 'consequence' => field === 'cost' || field === 'consequence';

/**
 * Labels that are also usual words of a sentence. They count only as the name of a column or where
 * a line begins with them.
 */
export const onlyAtTheBeginning = new Set(
  [
    'action',
    'task',
    'item',
    'title',
    'what',
    'summary',
    'description',
    'measure',
    'improvement',
    'recommendation',
    'activity',
    'todo',
    'to do',
    'ai',
  ].concat(
    [
      'was',
      'quoi',
      'wat',
      'cosa',
      'qué',
      'o que',
      'mesure',
      'medida',
      'next step',
      'follow up',
      'followup',
      'remediation',
      'action item',
      'maßnahme',
      'aufgabe',
    ],
    [
      'who',
      'when',
      'by',
      'date',
      'lead',
      'contact',
      'person',
      'class',
      'type',
      'kind',
      'category',
      'target',
      'expected',
      'number',
      'no',
      'nr',
      'id',
      'key',
      'ref',
      '#',
      '№',
    ],
    [
      'done',
      'complete',
      'completed',
      'resolved',
      'finished',
      'progress',
      'link',
      'url',
      'bug',
      'issue',
      'reference',
      'pr',
      'state',
      'assigned',
      'responsible',
      'art',
      'bis',
    ],
    [
      'chi',
      'wie',
      'vem',
      'hvem',
      'kto',
      'kdo',
      'kim',
      'кто',
      'хто',
      'när',
      'når',
      'kdy',
      'kiedy',
      'когда',
      'коли',
      'stan',
      'handling',
      'acteur',
      '截止',
      '截至',
    ],
    [
      'note',
      'notes',
      'comment',
      'comments',
      'remark',
      'remarks',
      'details',
      'context',
      'why',
      'reason',
      'rationale',
      'wer',
      'wann',
      'qui',
      'quand',
      'data',
      'fecha',
    ],
  ),
);

/** States as words. The words of `near` mean more than the state, so they are kept as a remark. */
const states: Readonly<Record<ActionState, ByLanguage>> = {
  open: {
    en: [
      'open',
      'todo',
      'to do',
      'new',
      'backlog',
      'planned',
      'pending',
      'not started',
      'not yet started',
      'outstanding',
      'proposed',
      'scheduled',
      'unstarted',
      'opened',
    ],
    more: [
      'not done',
      'not yet',
      'not yet done',
      'to be done',
      'accepted',
      'assigned',
      'ready',
      'queued',
      'incomplete',
      'upcoming',
      'reopened',
      'undone',
      'not complete',
      'not completed',
    ],
    near: ['blocked', 'on hold', 'paused', 'deferred', 'postponed', 'delayed', 'waiting', 'overdue', 'at risk', 'stalled'],
    de: ['offen', 'neu', 'geplant', 'ausstehend', 'nicht begonnen', 'noch offen', 'zu erledigen', 'nicht erledigt'],
    fr: ['ouvert', 'ouverte', 'à faire', 'prévu', 'prévue', 'planifié', 'en attente', 'non commencé', 'non démarré'],
    es: ['abierto', 'abierta', 'pendiente', 'por hacer', 'nuevo', 'planificado', 'sin empezar', 'no iniciado'],
    pt: ['aberto', 'aberta', 'pendente', 'a fazer', 'por fazer', 'novo', 'planejado', 'planeado', 'não iniciado'],
    it: ['aperto', 'aperta', 'da fare', 'in attesa', 'pianificato', 'non iniziato'],
    nl: ['te doen', 'gepland', 'niet begonnen', 'nog te doen'],
    sv: ['öppen', 'planerad', 'att göra', 'ej påbörjad', 'inte påbörjad'],
    da: ['åben', 'åpen', 'planlagt', 'ikke påbegyndt', 'ikke startet'],
    pl: ['otwarte', 'do zrobienia', 'zaplanowane', 'nie rozpoczęto', 'nierozpoczęte'],
    cs: ['otevřeno', 'otevřené', 'naplánováno', 'nezahájeno'],
    tr: ['açık', 'beklemede', 'planlandı', 'yapılacak', 'başlamadı'],
    ru: ['открыто', 'открыта', 'открыт', 'не начато', 'запланировано', 'к выполнению'],
    uk: ['відкрито', 'не розпочато', 'заплановано', 'до виконання'],
    ja: ['未着手', '未対応', '未完了', '未', 'オープン', '対応予定', '予定'],
    zh: ['待办', '未开始', '待处理', '计划中', '未完成', '新建', '待開始', '待开始'],
    ko: ['예정', '대기', '미착수', '시작 전', '미완료', '할 일'],
  },
  'in-progress': {
    en: [
      'in progress',
      'inprogress',
      'started',
      'ongoing',
      'doing',
      'wip',
      'in review',
      'review',
      'active',
      'under way',
      'underway',
      'in development',
      'in flight',
    ],
    more: ['work in progress', 'in work', 'begun', 'under review', 'in testing', 'testing', 'being worked on', 'pr open', 'on track'],
    near: ['partially done', 'partly done', 'partial', 'partially complete', 'partially completed', 'investigating', 'in discussion'],
    de: ['in arbeit', 'in bearbeitung', 'laufend', 'läuft', 'begonnen', 'angefangen'],
    fr: ['en cours', 'commencé', 'démarré', 'démarrée'],
    es: ['en curso', 'en progreso', 'en proceso', 'iniciado', 'empezado'],
    pt: ['em andamento', 'em progresso', 'em curso', 'iniciado'],
    it: ['in corso', 'in lavorazione', 'iniziato'],
    nl: ['bezig', 'mee bezig', 'in uitvoering', 'gestart', 'loopt', 'lopend'],
    sv: ['pågår', 'pågående', 'påbörjad'],
    da: ['i gang', 'igang', 'under arbejde', 'under arbeid', 'påbegyndt'],
    pl: ['w trakcie', 'w toku', 'w realizacji'],
    cs: ['probíhá', 'v řešení', 'rozpracováno'],
    tr: ['devam ediyor', 'sürüyor', 'yapılıyor'],
    ru: ['в работе', 'в процессе', 'выполняется'],
    uk: ['в роботі', 'у роботі', 'у процесі', 'виконується'],
    ja: ['対応中', '進行中', '作業中', '実施中', '着手', '着手中'],
    zh: ['进行中', '處理中', '处理中', '進行中', '开发中'],
    ko: ['진행 중', '진행중', '작업 중', '작업중'],
  },
  done: {
    en: [
      'done',
      'closed',
      'complete',
      'completed',
      'resolved',
      'fixed',
      'finished',
      'shipped',
      'merged',
      'deployed',
      'implemented',
      'released',
      'delivered',
      'landed',
    ],
    more: ['live', 'rolled out', 'all done', 'already done', 'verified', 'applied'],
    de: ['erledigt', 'fertig', 'abgeschlossen', 'umgesetzt', 'geschlossen', 'behoben', 'fertiggestellt', 'bereits erledigt'],
    fr: ['fait', 'faite', 'terminé', 'terminée', 'clos', 'fermé', 'fermée', 'achevé', 'réalisé', 'réalisée', 'effectué', 'livré'],
    es: ['hecho', 'hecha', 'completado', 'completada', 'terminado', 'terminada', 'cerrado', 'cerrada', 'resuelto', 'finalizado', 'listo'],
    pt: ['feito', 'feita', 'concluído', 'concluída', 'finalizado', 'fechado', 'resolvido', 'pronto'],
    it: ['fatto', 'fatta', 'completato', 'completata', 'terminato', 'chiuso', 'concluso', 'risolto'],
    nl: ['gedaan', 'klaar', 'afgerond', 'voltooid', 'gesloten', 'gereed', 'opgelost'],
    sv: ['klar', 'klart', 'färdig', 'genomförd', 'avslutad', 'stängd'],
    da: ['færdig', 'udført', 'afsluttet', 'lukket', 'ferdig', 'utført', 'fullført'],
    pl: ['zrobione', 'zakończone', 'wykonane', 'ukończone', 'zamknięte'],
    cs: ['hotovo', 'dokončeno', 'splněno', 'uzavřeno'],
    tr: ['tamamlandı', 'bitti', 'yapıldı', 'kapatıldı'],
    ru: ['готово', 'сделано', 'выполнено', 'завершено', 'закрыто'],
    uk: ['зроблено', 'виконано', 'завершено', 'закрито'],
    ja: ['完了', '完了済み', '完了済', '対応済み', '対応済', '実施済み', '実施済', '解決済み', '済み', '済', '終了'],
    zh: ['完成', '已完成', '已关闭', '已解决', '已上线'],
    ko: ['완료', '완료됨', '종료', '해결됨'],
  },
  declined: {
    en: [
      'declined',
      'wont do',
      'wontfix',
      'wont fix',
      'rejected',
      'cancelled',
      'canceled',
      'dropped',
      'not planned',
      'will not do',
      'wont be done',
      'not doing',
    ],
    more: ['discarded', 'will not fix', 'will not be done', 'withdrawn'],
    near: [
      'failed',
      'abandoned',
      'obsolete',
      'not needed',
      'no longer needed',
      'skipped',
      'superseded',
      'duplicate',
      'invalid',
      'out of scope',
    ],
    de: ['abgelehnt', 'verworfen', 'entfällt', 'nicht umgesetzt', 'gestrichen', 'wird nicht gemacht', 'wird nicht umgesetzt'],
    fr: ['abandonné', 'abandonnée', 'annulé', 'annulée', 'rejeté', 'refusé', 'ne sera pas fait'],
    es: ['descartado', 'descartada', 'cancelado', 'cancelada', 'rechazado', 'abandonado', 'no se hará'],
    pt: ['descartado', 'cancelado', 'cancelada', 'rejeitado', 'não será feito'],
    it: ['annullato', 'scartato', 'rifiutato', 'abbandonato'],
    nl: ['geannuleerd', 'afgewezen', 'vervallen', 'gaat niet door'],
    sv: ['avslagen', 'inställd', 'avbruten'],
    da: ['afvist', 'annulleret', 'avvist', 'kansellert'],
    pl: ['odrzucone', 'anulowane'],
    cs: ['zamítnuto', 'zrušeno'],
    tr: ['iptal', 'iptal edildi', 'reddedildi'],
    ru: ['отклонено', 'отменено', 'не будем делать'],
    uk: ['відхилено', 'скасовано'],
    ja: ['中止', '見送り', '却下', '対応しない', '取り下げ', 'キャンセル'],
    zh: ['已取消', '取消', '不做', '放弃', '已拒绝', '不再需要'],
    ko: ['취소', '취소됨', '안 함', '기각'],
  },
};

/**
 * State words that are too usual in sentences to count there, even in brackets: "the old host
 * (live)".
 */
export const onlyAsAValue = new Set(
  [
    'new',
    'active',
    'live',
    'ready',
    'review',
    'testing',
    'partial',
    'accepted',
    'assigned',
    'started',
    'applied',
    'invalid',
    'duplicate',
    'verified',
    'on track',
  ].concat(
    [
      'waiting',
      'delayed',
      'failed',
      'incomplete',
      'upcoming',
      'queued',
      'begun',
      'neu',
      'nuevo',
      'novo',
      'listo',
      'pronto',
      'klaar',
      'clos',
      '未',
      '済',
      '予定',
      '取消',
      '完成',
      '终了',
    ],
    ['fait', 'not yet', 'at risk', 'overdue', 'reopened', 'landed', 'released', 'obsolete', 'hecho', 'fatto', 'feito', '예정', '대기'],
    ['klar', 'klart', 'i gang', 'igang', 'lopend', 'iptal', 'öppen', 'åben', 'åpen', 'lukket'],
  ),
);

/** Those of them that in brackets behind a promise can be nothing else: "(fait)". */
export const inBracketsToo = new Set(['fait', 'hecho', 'fatto', 'feito', 'klaar', 'klar', 'klart', '済', '完成']);

/** Signs that stand for a state. A state word beside them decides. */
const signs: Readonly<Record<ActionState, string>> = {
  done: '✅☑✔✓🟢🟩🏁🎉',
  'in-progress': '🟡🟨🟠🟧🚧⏳🔄🏗🔨🔵',
  open: '☐🔴🟥⬜🔲◻❗🆕📝⚪',
  declined: '❌✖✗✘🚫⛔☒🗑',
};
export const isColoured = (sign: string): boolean => '🔴🟠🟡🟢🔵⚪🟥🟧🟨🟩'.includes(sign);
/** Names of signs, as chat tools and GitHub write them. */
const signNames: Readonly<Record<string, string>> = {
  white_check_mark: '✅',
  heavy_check_mark: '✔',
  ballot_box_with_check: '☑',
  check: '✅',
  done: '✅',
  x: '❌',
  negative_squared_cross_mark: '❌',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  construction: '🚧',
  hourglass: '⏳',
  hourglass_flowing_sand: '⏳',
  red_circle: '🔴',
  large_yellow_circle: '🟡',
  yellow_circle: '🟡',
  large_orange_circle: '🟠',
  large_green_circle: '🟢',
  green_circle: '🟢',
  white_circle: '⚪',
  white_large_square: '⬜',
};
/** Puts the signs where their names stand between colons. */
export const withSigns = (text: string): string =>
  text.replace(/:([a-z][a-z0-9_]{0,40}):/g, (whole, name: string) => signNames[name] ?? whole);

/** Boxes as text. A box with a cross is done, as in Markdown. */
const boxes: Readonly<Record<string, ActionState>> = {
  ' ': 'open',
  '': 'open',
  x: 'done',
  X: 'done',
  '✓': 'done',
  '✔': 'done',
  '✅': 'done',
  '-': 'declined',
  '~': 'in-progress',
  '/': 'in-progress',
  '>': 'open',
};

const yes = new Set(['yes', 'y', 'ja', 'oui', 'sí', 'si', 'sim', 'はい', '是', '예', 'true']);
const no = new Set(['no', 'n', 'nein', 'non', 'não', 'nee', 'いいえ', '否', '아니오', 'false']);
/** The answer to "Done?". */
export const stateOfAnswer = (text: string): ActionState | undefined => {
  const word = fold(text);
  return yes.has(word) ? 'done' : no.has(word) ? 'open' : undefined;
};

/** A line that says that there are no promises, or that they are elsewhere. */
export const isNoPromise = (text: string): boolean => {
  const bare = fold(text)
    .replace(/[\p{P}\p{S}]+$/u, '')
    .trim();
  return isFiller(bare) || noPromises.some((form) => form.test(bare));
};
const noPromises: readonly RegExp[] = [
  /^(?:there (?:are|were) )?(?:no|none)(?: (?:new|further|open|other|specific|additional))?(?: (?:action items?|actions?|follow ?ups?|tasks?))?(?: (?:yet|at this time|so far|needed|required|identified|planned|for now|were identified|are needed|are planned))*$/,
  /^(?:(?:please )?see|see the|cf|refer to) (?:below|above|jira|the (?:board|tracker|list|table|ticket|epic)\b.*|ticket\b.*|linked\b.*)$/,
  /^(?:to be (?:added|filled(?: in)?|written|completed|discussed)|will be added(?: later)?|coming soon|wip|in progress|todo|action(?: item)? ?\d*|item ?\d*|task ?\d*|lorem ipsum\b.*)$/,
  /^(?:keine(?: (?:weiteren )?(?:maßnahmen|massnahmen|aufgaben))?|siehe (?:unten|oben|ticket\b.*)|aucune action.*|ninguna(?: acción)?|sin acciones|nenhuma(?: ação)?|nessuna(?: azione)?|geen(?: acties)?)$/,
  /^(?:特になし|なし|无|没有|없음|해당 없음)$/,
];
/**
 * Priorities as words, where nothing but the priority stands: in brackets, in bold, before a colon.
 */
export const isPriority = (text: string): boolean =>
  /^(?:p|prio ?|priority ?)[0-5]$/.test(fold(text)) || priorities.has(fold(text).replace(/ (?:priority|prio|priorität)$/, ''));
const priorities = new Set(
  [
    'critical',
    'highest',
    'high',
    'medium',
    'low',
    'lowest',
    'urgent',
    'blocker',
    'hoch',
    'mittel',
    'niedrig',
    'dringend',
    'kritisch',
    'haute',
    'moyenne',
    'basse',
  ].concat(['élevée', 'alta', 'media', 'média', 'baja', 'baixa', 'hoog', 'laag', '高', '中', '低', '높음', '보통', '낮음']),
);
/** Kinds that are usual before an action: "[Prevent]", "Detect: …". */
export const isKind = (text: string): boolean => kinds.has(fold(text));
const kinds = new Set(
  [
    'prevent',
    'prevention',
    'preventive',
    'preventative',
    'mitigate',
    'mitigation',
    'mitigative',
    'detect',
    'detection',
    'detective',
    'process',
    'repair',
    'corrective',
  ].concat([
    'investigate',
    'respond',
    'response',
    'other',
    'short term',
    'long term',
    'medium term',
    'immediate',
    'kurzfristig',
    'langfristig',
    'mittelfristig',
    'sofort',
  ]),
);

/** Words behind which a team is named, or that end its name. */
export const isTeamName = (text: string): boolean =>
  teamAcronyms.has(text) ||
  /^(?:everyone|everybody|alle|tous|todos|tutti|iedereen|全員|全员)$/i.test(text) ||
  /^\p{Lu}\p{L}{3,20}-?[Tt]eam$/u.test(text) ||
  /(?:^|\s)(?:team|squad|guild|equipo|équipe|equipe|チーム|团队|팀)$|^(?:team|squad|equipo|équipe|equipe)\s/i.test(text);

const teamAcronyms = new Set(['SRE', 'QA', 'UX', 'DBA', 'DBAs', 'SREs', 'IT', 'BI', 'DevOps', 'NOC', 'SOC']);

const fieldRanks = lazily(() => {
  const ranks = new Map<string, { field: ActionField; rank: number }>();
  for (const [field, languages] of Object.entries(fields)) {
    for (const [rank, word] of Object.values(languages).flat().entries()) {
      const name = fold(word);
      if (isField(field) && !ranks.has(name)) ranks.set(name, { field, rank });
    }
  }
  return ranks;
});
function isField(name: string): name is ActionField {
  return name in fields;
}
export const longestLabel = 24;

/** The field that a label or the name of a column stands for. */
export const labelOf = (name: string): { field: ActionField; rank: number } | undefined => {
  const folded = fold(name);
  return fieldRanks().get(folded) ?? fieldRanks().get(folded.replace(/(?:\(s\)|s)$/, ''));
};

export interface StateWord {
  readonly status: ActionState;
  /** It says more than the state. */
  readonly isNear: boolean;
}
const stateWords = lazily(
  () =>
    new Map<string, StateWord>(
      Object.entries(states).flatMap(([status, languages]) =>
        Object.entries(languages).flatMap(([language, words]) =>
          words.flatMap((word) => (isState(status) ? [[fold(word), { status, isNear: language === 'near' }] as const] : [])),
        ),
      ),
    ),
);
function isState(name: string): name is ActionState {
  return name in states;
}
export const mostStateWords = 5;
/** The state that a folded text names. */
export const stateWord = (folded: string): StateWord | undefined => stateWords().get(folded);
export const stateOfBox = (inside: string): ActionState | undefined => boxes[inside];
const stateSigns = new Map(
  Object.entries(signs).flatMap(([status, all]) => (isState(status) ? [...all].map((sign) => [sign, status] as const) : [])),
);
export const stateOfSign = (sign: string): ActionState | undefined => stateSigns.get(sign);
