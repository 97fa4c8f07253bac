// Types that several modules share.

@export()
@description('Tags on every resource.')
type Tags = {
  *: string
}

@export()
@description('From where on somebody is written to.')
type Limits = {
  @description('Overdue obligations.')
  overdueObligations: int
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
  anchorKey: string
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
