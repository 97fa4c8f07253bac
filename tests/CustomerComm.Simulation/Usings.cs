global using CustomerComm.App;
global using CustomerComm.App.Complaints;
global using CustomerComm.App.Ports;
global using CustomerComm.Domain;
global using CustomerComm.Domain.Complaints;
global using CustomerComm.Domain.Directory;
global using CustomerComm.Testing;
global using CustomerComm.Web.Tests;
global using Xunit;
global using Track = CustomerComm.Domain.Matters.Tracking<
    CustomerComm.Domain.Complaints.ComplaintMatter, CustomerComm.Domain.Complaints.Complaint,
    CustomerComm.Domain.Complaints.ComplaintCommand, CustomerComm.Domain.Complaints.ComplaintEvent>;

// Each test brings up whole hosts; side by side they would only measure each other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
