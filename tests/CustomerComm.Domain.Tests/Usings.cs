global using CustomerComm.Domain.Complaints;
global using CustomerComm.Domain.Directory;
global using CustomerComm.Domain.Matters;
global using CustomerComm.Testing;
global using CustomerComm.Testing.Complaints;
global using Xunit;
global using Track = CustomerComm.Domain.Matters.Tracking<
    CustomerComm.Domain.Complaints.ComplaintMatter, CustomerComm.Domain.Complaints.Complaint,
    CustomerComm.Domain.Complaints.ComplaintCommand, CustomerComm.Domain.Complaints.ComplaintEvent>;
