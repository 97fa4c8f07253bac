using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerComm.App.Enquiries;

/// <summary>Registers the service catalogue; a host that has none gets an empty one.</summary>
internal static class EnquiriesServices
{
    public static IServiceCollection AddEnquiries(this IServiceCollection services)
    {
        services.TryAddSingleton(CatalogueFile.Empty);
        services.AddSingleton<ServiceCatalogue>();
        return services;
    }
}
