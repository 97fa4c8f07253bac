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
  overdueObligations: 10
  outboxMinutes: 15
  failures: 10
}
