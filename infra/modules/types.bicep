// Types that several modules share.

@export()
@description('Tags on every resource.')
type Tags = {
  *: string
}

@export()
@description('When the timers run: six-field NCRONTAB, UTC.')
type Schedules = {
  @description('Looks for what is due and was not nudged.')
  sweep: string
  @description('Accounts for numbers that never became a case.')
  numberAudit: string
  @description('Publishes the root over all streams.')
  ledgerAnchor: string
  @description('Opens the revisits of the month (4.5.3).')
  monthlyRevisit: string
  @description('Opens the verification of the month (4.5.4).')
  monthlyReview: string
  @description('Writes the report of the month before.')
  monthlyReport: string
  @description('Opens the survey of the year (4.5.6).')
  annualSurvey: string
  @description('Runs every other job whose time has come.')
  upkeep: string
}

@export()
@description('From where on somebody is written to.')
type Limits = {
  @description('Overdue duties.')
  overdueDuties: int
  @description('Age of the oldest message not yet delivered, minutes.')
  outboxMinutes: int
  @description('Failed executions in a quarter of an hour.')
  failures: int
}

@export()
@description('Names that several modules must agree on; all known before anything is made.')
type Names = {
  identity: string
  hostAccount: string
  dataAccount: string
  vault: string
  communication: string
  topic: string
  bot: string
  app: string
  packages: string
  deadLetters: string
  company: string
  payloads: string
  anchors: string
  smsEvents: string
  poison: string
  @description('Tables whose rows go when what they announce is done; all can be rebuilt from the streams.')
  indexTables: string[]
  @description('Tables whose rows are never removed.')
  recordTables: string[]
}
