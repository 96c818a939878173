vaultsite.previews({shards:1,version:"9c6cb26495",style:"_/previews-HASH.css",label:"Preview"});
