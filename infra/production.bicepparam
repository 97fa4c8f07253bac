// The real thing: three zones, data and keys locked, anchors immutable for ten years.
using 'main.bicep'

param namePrefix = 'cc-prod'
param publicUrl = readEnvironmentVariable('CC_PUBLIC_URL', '')
param smsNumber = readEnvironmentVariable('CC_SMS_NUMBER', '+12025550100')
param alertEmail = readEnvironmentVariable('CC_ALERT_EMAIL', 'alerts@example.com')
param masterKey = readEnvironmentVariable('CC_MASTER_KEY', '')
param tags = {
  application: 'CustomerComm'
  environment: 'production'
}
param zoneRedundant = true
param protected = true
param anchorDays = 3650
param softDeleteDays = 90
param logDays = 90
param logDailyGb = 5
param communicationDataLocation = 'Asia Pacific'
param botSku = 'S1'
param mostInstances = 100
param instanceMb = 2048
// Two zones have one each, so that nobody who complains waits for a start.
param alwaysReady = 2
param limits = {
  overdueDuties: 10
  outboxMinutes: 15
  failures: 10
}
// UTC; 16:10 UTC is 00:10 in China.
param schedules = {
  sweep: '0 * * * * *'
  numberAudit: '30 */10 * * * *'
  ledgerAnchor: '0 10 16 * * *'
  monthlyRevisit: '0 0 1 2 * *'
  monthlyReview: '0 20 0 1-3 * *'
  monthlyReport: '0 30 0 * * *'
  annualSurvey: '0 0 1 12 10 *'
  upkeep: '45 */5 * * * *'
}
