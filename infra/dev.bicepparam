// To try things: one zone, nothing locked, the least that works. Holds no real resident's data.
using 'main.bicep'

param namePrefix = 'cc-dev'
param smsNumber = readEnvironmentVariable('CC_SMS_NUMBER', '+12025550100')
param alertEmail = readEnvironmentVariable('CC_ALERT_EMAIL', 'alerts@example.com')
param masterKey = readEnvironmentVariable('CC_MASTER_KEY', '')
param tags = {
  application: 'CustomerComm'
  environment: 'dev'
}
param zoneRedundant = false
param protected = false
param anchorDays = 1
param softDeleteDays = 7
param logDays = 30
param logDailyGb = 1
param communicationDataLocation = 'Asia Pacific'
param botSku = 'F0'
param mostInstances = 40
param instanceMb = 2048
param alwaysReady = 0
param limits = {
  overdueObligations: 5
  outboxMinutes: 30
  failures: 5
}
