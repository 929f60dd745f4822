const wordsOf = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/**
 * Words of which names of sections, labels and columns are made. Written down without a look at
 * what the reader knows.
 */
export const vocabulary = wordsOf(`
  prepared timing value metric infrastructure begin störungsbeginn störungsende   actionables your does again change customers sequence abstract consequences underlying conclusion conclusions changing déroulé rédacteur plano 何が起きたか 受影响产品 ups leadup recommendations recommendation have followups documents recording messaging didn d confidentiality vertraulichkeit attributes properties
  identification whys are making likely or happens timestamp note expected timing immediate contributifs usuarios límite itens grundursache vorbeugende prises kurzbeschreibung folgemaßnahmen nr termin stand aperçu
  actionables again change changes does your
  a about account achieved action actions affected after agenda all analysis and approx areas around at attendees author authors avoid
  background badly barriers be been before began better breakdown breakdowns brief business by
  call caller cause caused causes chain chronology classification coe commander company component components conclusion conditions
  contributing contributors corrective could created customer customers
  data date day declared description detailed detail details detected detection deadline did difficult do document due duration
  eliminate end ended engineer engineers environment error estimated event events executive expected external
  factor factors facts fault field final first five fix fixed follow for from
  get go going gone good got group
  happen happened has how
  id impact impacted improvement improvements in incident incidents identified improve info information initial interim internal investigation is issue issues it
  key kind
  last lead leader learn learned learning learnings learnt led less lessons level like link links location locations lucky luck
  made manager main measures message metadata metrics mitigate mitigated mitigation modified more
  name names next no notes notified number
  occur occurred of on open opened ops other our outage outcome overall overview owner owners owning
  page people period plan platform poorly post postmortem prevent prevented preventative preventive prevention priority problem process product products public published
  question questions
  ran reason recover recovered recovery ref reference references region regions related relevant remediation repair report reported reporter resolution resolve resolved respond responded responders response responsible restored result resulting review reviewed reviewers root
  say scope sections see service services sev severity short should sign signed since site so source stakeholders start started state status step steps subject summary supporting support symptoms system systems
  tag tags taken takeaways task tasks team teams technical term that the things this ticket time timeline times title tldr tl dr to today tracking trigger triggered triggers type
  up update updated user users utc
  version visibility
  was we well went were what when where which who whom why will window with work worked workaround workarounds would wrong written
  year you zone
  ereignisses zeitraum publication servizio sistemi interessati opgesteld einde systemen begin getroffen betrokken class period storing veröffentlicht quand cuándo ocurrió wanneer
  actionitem bug duedate item items owner's assignee assigned eta jira ticket tracker key tlp ttd ttm ttr mttr mttd rca pir cim
  angelegt art aufgabe aufgaben auslöser ausfall auswirkung auswirkungen autor autoren autorin auffälligkeiten beginn behebung behoben betroffen betroffene betroffener beteiligte beschreibung besser chronik chronologie dauer datum dienst dienste ende entdeckung ereignis erkennung erkenntnisse erstellt fällig fazit folgen frist gelernt glück gut haben hatten hauptursache hintergrund kategorie kunden kurzfassung lehren leitung lief liefen lösung maßnahme maßnahmen nächste passiert problem prüfung schritte nr schwere schweregrad schlecht stand status störung systeme team termin titel uhrzeit und urgrund ursache ursachen ursachenanalyse verantwortlich verantwortliche verfasser verlauf verantwortung vorbeugung vorfall vorfalls was wann warum wem wer wie wir wo zeit zeitachse zeitlicher zeitlinie zeitpunkt zeitverlauf zusammenfassung zuständig bis der die das den des zeitleiste ablauf zeiten
  à accident action actions affectés amélioration analyse apprises auteur auteurs bien bilan cause causes ce chronologie correctives clients contexte date de début des détection du durée échéance enseignements et état facteurs fin fonctionné gravité gravite heure impact impacts incident investigation la le leçons les mesures mal mis niveau origine passé personnes plan pourquoi préventives problème profonde proprietaire propriétaire qui quoi racine racines responsable résolution résumé résumée retour s rétablissement sévérité services service statut suites suivi synthèse tâche tâches touché touchés titre utilisateurs évènement événement événements évènements priorité que s'est est a n pas
  acción acciones afectados afectado análisis aprendidas aprendido aprendizajes autor autora autores bien causa causas clientes correctivas corrección cronología de del desencadenante descripción detección duración el en equipo estado evento eventos factores fecha fin final funcionó gravedad hora impacto incidente inicio las lecciones línea lo los mal mejor mejoras mitigación nivel origen pasó pasos plan plazo por preventivas prioridad próximos qué que quién raíz recuperación responsable responsables resolución resumen salió seguimiento servicio servicios severidad solución suerte título tiempo tuvimos vencimiento y ejecutivo no tarea sucedió
  ação ações afetados afetado aprendidas aprendizados autor autores bem causa causas clientes corretivas cronologia da data de descrição detecção do duração efeito equipe estado evento eventos fatores fim final funcionou gatilho gravidade hora horário impacto incidente início o lições linha mal melhorias melhorar mitigação nível o ocorreu origem passos aconteceu prazo prevenção preventivas prioridade próximos quando que raiz recuperação responsável responsáveis resolução resumo serviço serviços severidade situação solução sorte status tarefa tarefas tempo título executivo por quê dono deu certo errado
  タイトル タイムライン 概要 要約 障害 障害概要 障害の概要 障害内容 障害の内容 影響 影響範囲 影響内容 原因 根本原因 直接原因 対応 対応内容 対応策 対策 再発防止策 再発防止 恒久対応 恒久対策 暫定対応 経緯 時系列 発生日時 復旧日時 検知日時 発生日 日時 発生時刻 復旧時刻 重大度 重要度 深刻度 ステータス 状態 担当 担当者 期限 期日 タスク アクション アクションアイテム サービス 対象サービス 影響サービス 教訓 学び 学んだこと うまくいったこと うまくいかなかったこと 良かった点 改善点 検知 きっかけ トリガー 作成者 作成日 復旧 解決 内容 時刻 出来事 項目 優先度 運が良かったこと 幸運だったこと 報告者 今後の対応 発生 事象 終了 開始 次のアクション
  标题 概述 摘要 事件 事故 事故概述 事件概述 故障 故障概述 故障描述 影响 影响范围 影响面 时间线 处理过程 故障时间线 时间 原因 根因 根本原因 原因分析 根因分析 直接原因 解决 解决方案 恢复 改进措施 改进项 后续措施 后续行动 行动项 待办 负责人 截止日期 截止时间 状态 严重程度 严重级别 级别 等级 故障等级 故障级别 开始时间 结束时间 恢复时间 发生时间 持续时间 服务 受影响服务 涉及服务 经验教训 教训 做得好的 做得不好的 发现 检测 触发 触发原因 作者 日期 事件内容 措施 优先级 处理 复盘 背景 总结 事件经过 经过 完成时间 操作 事项
  제목 개요 요약 장애 장애개요 영향 범위 영향범위 영향도 타임라인 시간 경과 원인 근본 근본원인 직접 조치 조치사항 사항 대응 복구 해결 재발 방지 재발방지 대책 후속 작업 액션 아이템 담당 담당자 기한 마감일 마감 상태 심각도 등급 장애등급 발생 일시 종료 발생일시 종료일시 복구일시 시작 시각 서비스 영향받은 교훈 배운 점 잘된 잘한 아쉬운 못한 감지 탐지 감지방법 계기 작성자 작성 작성일 날짜 내용 사건 항목 우선순위 계획 향후 개선 개선사항 시간대별
  mortem cmoc notice exec broke war corrective 影响服务 状況 containment sofortmaßnahmen geplante abstellmaßnahmen problembeschreibung es tun damit wieder contramedidas contramedida quelles conséquences negócio aplicada
  riepilogo sintesi cronologia causa cause perché cosa è successo faremo abbiamo fatto imparato ha non funzionato impatto conseguenze risoluzione ripristino azioni correttive preventive misure lezioni apprese andato bene male responsabile scadenza stato entro
  samenvatting oorzaak oorzaken grondoorzaak verloop tijdlijn gevolgen oplossing herstel acties actiepunten maatregelen verbeterpunten verbetermaatregelen lessen geleerde ging goed fout beter kan gaan doen gebeurd wie uiterlijk actiehouder verantwoordelijke
  podsumowanie przyczyna źródłowa przyczyny wpływ skutki oś czasu przebieg wykrycie rozwiązanie działania naprawcze wnioski co się stało poszło dobrze źle odpowiedzialny termin
  sammanfattning orsak grundorsak påverkan konsekvenser tidslinje händelseförlopp upptäckt lösning åtgärder lärdomar gick bra dåligt vad hände ansvarig status
  resumé årsag grundårsag påvirkning konsekvenser tidslinje hændelsesforløb løsning handlinger tiltag læring opfølgning hvad skete der gik godt dårligt ansvarlig
  özet neden kök etki zaman çizelgesi çözüm aksiyonlar önlemler dersler ne oldu
  резюме причина корневая влияние последствия хронология событий обнаружение решение устранение действия корректирующие меры выводы уроки что произошло случилось ответственный срок
  підсумок причина коренева вплив наслідки хронологія подій виявлення вирішення дії заходи висновки уроки що сталося відповідальний термін
  shrnutí příčina hlavní kořenová dopad časová osa průběh řešení opatření nápravná poučení co se stalo odpovědný termín
`);

/** In lists and tables these are read as a state or as a part of a date. */
export const stateAndMonthWords = wordsOf(`
  open closed done todo wip in progress pending complete completed finished fixed planned started not ongoing won t wont do declined rejected cancelled canceled dropped resolved blocked new backlog merged shipped
  erledigt offen arbeit bearbeitung verworfen geplant abgeschlossen in
  work outstanding até hasta
  fait fini ouvert ouverte cours terminé terminée abandonné abandonnée à faire en
  hecho hecha abierto abierta pendiente curso completado completada descartado descartada cerrado
  gereed afgerond lopend bezig fatto aperto corso chiuso completato zrobione otwarte trakcie klar klart öppen pågår færdig åben igang готово сделано открыто виконано hotovo otevřeno
  feito feita aberto aberta andamento concluído concluída pendente cancelado descartado em
  完了 済 対応中 進行中 未着手 未対応 見送り 未完了 已完成 完成 进行中 未开始 待办 已取消 待处理 完료 완료 진행 중 진행중 예정 미착수 취소 보류
  january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
  januar februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre
  enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
  de th st nd rd by end q 年 月 日 년 월 일
  owner due eta deadline assignee assigned priority status state until yes
  frist fällig zuständig bis verantwortlich échéance responsable vencimiento plazo prazo responsável 担当 担当者 期限 负责人 截止 담당 담당자 기한
`);

/** What stands in a field where nobody has written anything yet. */
export const placeholders = wordsOf('n a na tbd tba none asap unknown nobody unassigned');
