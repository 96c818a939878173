vaultsite.previews({shards:1,version:"ca060e5cb3",style:"_/previews-HASH.css",label:"Preview"});
